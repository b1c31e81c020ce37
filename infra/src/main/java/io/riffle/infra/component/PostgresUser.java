package io.riffle.infra.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** As whom Postgres runs: it refuses to be root. */
enum PostgresUser {
  /** We are nobody special. */
  SELF,
  /** Root outside, nobody inside a user namespace of its own; files stay root's. */
  NAMESPACE,
  /** Where namespaces are forbidden (many containers): really another user, who owns the data. */
  NOBODY;

  private static final int NOBODY_ID = 65534;
  private static final PostgresUser CURRENT = find();

  static PostgresUser current() {
    return CURRENT;
  }

  /** Goes before the command. */
  List<String> prefix() {
    return switch (this) {
      case SELF -> List.of();
      case NAMESPACE -> List.of("unshare", "--user");
      case NOBODY ->
          List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
    };
  }

  /** Lets that user have a file or folder of ours. */
  void own(Path path) {
    if (this != NOBODY) {
      return;
    }
    try {
      Files.setAttribute(path, "unix:uid", NOBODY_ID);
      Files.setAttribute(path, "unix:gid", NOBODY_ID);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresUser find() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return SELF;
    }
    return Tool.succeeds("unshare", "--user", "true") ? NAMESPACE : NOBODY;
  }
}
