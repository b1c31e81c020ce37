package io.riffle.console.access;

import io.riffle.operations.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users as the file has them now: it is read again when it has changed, so that somebody who is
 * taken out of it is out at once. Safe for use by several threads.
 */
public final class UsersFile {
  private static final Logger log = LoggerFactory.getLogger(UsersFile.class);

  private final Optional<Path> file;
  private FileTime read;
  private Users users = Users.none();

  /**
   * @param file none: nobody has a password
   */
  public UsersFile(Optional<Path> file) {
    this.file = file;
  }

  /** The user of that name. */
  synchronized Optional<User> find(String name) {
    file.ifPresent(this::refresh);
    return users.find(name);
  }

  /** What to check a password against whose user is not there. */
  synchronized Optional<PasswordHash> nobodys() {
    return users.nobodys();
  }

  /** A file that is being written, or was spoiled, lets nobody in that was not let in before. */
  private void refresh(Path path) {
    try {
      FileTime changed = Files.getLastModifiedTime(path);
      if (!changed.equals(read)) {
        read = changed;
        users = Users.read(path);
      }
    } catch (IOException e) {
      log.atError().addKeyValue("file", path).log("the file of users cannot be read");
      users = Users.none();
      read = null; // it may come back as it was
    } catch (UsersException e) {
      log.atError().addKeyValue("file", path).log("the file of users: " + e.getMessage());
      users = Users.none();
    }
  }
}
