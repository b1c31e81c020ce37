package io.riffle.cdc.source;

import io.riffle.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where passwords of sources are: a file of this folder, or a variable of the environment. The
 * Connect worker reads them itself, in its own folder, by a configuration provider.
 *
 * @param here the folder as this process finds it
 * @param worker how a connector names a file in it, with {@code %s} for the file's name
 */
public record SecretFolder(Path here, String worker) {
  private static final String FILE = "file:";
  private static final int MADE_BYTES = 32;
  private static final String VARIABLE = "env:";
  private static final Pattern PLACE =
      Pattern.compile("file:[A-Za-z0-9_][A-Za-z0-9._-]{0,99}|env:RIFFLE_[A-Z0-9_]{1,99}");

  /** Whether a text is a place of a secret; the worker reads no other files and variables. */
  public static boolean isPlace(String text) {
    return PLACE.matcher(text).matches();
  }

  /** The place of a password that Riffle has been given for a source. */
  public static String placeOf(String source) {
    return FILE + source + ".password";
  }

  /**
   * The password at a place.
   *
   * @throws SourceException when there is none, or one that the worker would read differently
   */
  public Secret read(String place, Map<String, String> environment) {
    if (place.startsWith(VARIABLE)) {
      String variable = place.substring(VARIABLE.length());
      String value = environment.get(variable);
      if (value == null || value.isEmpty()) {
        throw new SourceException("the variable " + variable + " with its password is not set");
      }
      return Secret.of(value);
    }
    return fromFile(here.resolve(place.substring(FILE.length())));
  }

  /** Keeps a password for a source, readable by this user alone. */
  public void write(String source, Secret password) {
    try {
      Files.createDirectories(here);
      Path fresh = here.resolve(source + ".password.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, password.reveal());
      Path file = here.resolve(source + ".password");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SourceException("cannot keep the password in " + here + ": " + e, e);
    }
  }

  /** Makes a secret at a place that is a file's, unless there is one. */
  public void makeOnce(String place) {
    Path file = here.resolve(place.substring(FILE.length()));
    if (Files.exists(file)) {
      return;
    }
    byte[] random = new byte[MADE_BYTES];
    new SecureRandom().nextBytes(random);
    try {
      Files.createDirectories(here);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random));
    } catch (IOException e) {
      throw new SourceException("cannot make " + file + ": " + e, e);
    }
  }

  /** Forgets a password that was kept for a source. */
  public void delete(String source) {
    try {
      Files.deleteIfExists(here.resolve(source + ".password"));
    } catch (IOException e) {
      throw new SourceException("cannot delete the password in " + here + ": " + e, e);
    }
  }

  /** What a connector's configuration has in the password's place. */
  public String reference(String place) {
    return place.startsWith(VARIABLE)
        ? "${" + place + "}"
        : worker.replace("%s", place.substring(FILE.length()));
  }

  private static Secret fromFile(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (text.isEmpty() || !text.equals(text.stripTrailing())) {
        throw new SourceException(
            "the file " + file + " is to hold its password and no line break after it");
      }
      return Secret.of(text);
    } catch (IOException e) {
      throw new SourceException("cannot read its password in " + file, e);
    }
  }
}
