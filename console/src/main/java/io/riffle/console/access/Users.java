package io.riffle.console.access;

import io.riffle.operations.access.PasswordHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The file of users: a line {@code NAME:ROLE:HASH} each, blank lines and lines with {@code #}
 * aside. Immutable.
 */
public final class Users {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  private final Map<String, User> byName;

  private Users(Map<String, User> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Nobody, where users come from elsewhere. */
  static Users none() {
    return new Users(Map.of());
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it cannot be read
   * @throws UsersException with all that is wrong in it, by line
   */
  public static Users read(Path file) throws IOException {
    List<String> problems = new ArrayList<>();
    Map<String, User> users = new TreeMap<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(line, i + 1, users, problems);
      }
    }
    if (users.isEmpty() && problems.isEmpty()) {
      problems.add("there is no user in it");
    }
    if (!problems.isEmpty()) {
      throw new UsersException(String.join("; ", problems));
    }
    return new Users(users);
  }

  private static void add(String line, int number, Map<String, User> users, List<String> problems) {
    String[] parts = line.split(":", -1);
    if (parts.length != 3) {
      problems.add("line " + number + " is not NAME:ROLE:HASH");
    } else if (!isName(parts[0])) {
      problems.add("line " + number + ": a name is of A-Z, a-z, 0-9 and . _ @ -");
    } else if (role(parts[1]).isEmpty()) {
      problems.add("line " + number + ": a role is viewer, operator or admin");
    } else if (hash(parts[2]).isEmpty()) {
      problems.add("line " + number + " has no hash of a password");
    } else if (users.put(parts[0], user(parts)) != null) {
      problems.add("line " + number + ": " + parts[0] + " is there twice");
    }
  }

  private static User user(String[] parts) {
    return new User(parts[0], role(parts[1]).orElseThrow(), hash(parts[2]).orElseThrow());
  }

  /** Whether a name is as those of the file are. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A role by its name, in any case. */
  static Optional<Role> role(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "viewer" -> Optional.of(Role.VIEWER);
      case "operator" -> Optional.of(Role.OPERATOR);
      case "admin" -> Optional.of(Role.ADMIN);
      default -> Optional.empty();
    };
  }

  private static Optional<PasswordHash> hash(String text) {
    try {
      return Optional.of(PasswordHash.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What to check a password against whose user is not there. */
  Optional<PasswordHash> nobodys() {
    return byName.values().stream().findFirst().map(user -> user.password().nobodys());
  }

  Optional<User> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
