package io.riffle.console.access;

import io.riffle.config.Secret;
import io.riffle.operations.access.PasswordHash;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Checks names and passwords, and how often that is tried. Safe for use by several threads. */
public final class SignIn {
  private static final int MOST_BY_NAME = 5;

  /** A check costs a third of a second of a processor: no more than that many at a time. */
  private static final int AT_A_TIME = 2;

  private final UsersFile users;
  private final Attempts byName;
  private final Attempts byAddress;
  private final Semaphore checks = new Semaphore(AT_A_TIME);

  public SignIn(UsersFile users, Clock clock) {
    this.users = users;
    this.byName = new Attempts(MOST_BY_NAME, Attempts.WINDOW, clock);
    this.byAddress = Attempts.byAddress(clock);
  }

  /** What came of a name and a password. */
  public enum Outcome {
    RIGHT,
    WRONG,
    /** Too many have failed: nothing was checked. */
    TOO_MANY
  }

  /** The role of a user with a password, as the file has it now. */
  public Optional<Role> role(String name) {
    return users.find(name).map(User::role);
  }

  /** The same as long as the password is the one of that hash. */
  Optional<Role> role(String name, Secret hash) {
    return hash(name).filter(hash::equals).flatMap(same -> role(name));
  }

  /** The hash of a user's password, as the file has it now. */
  Optional<Secret> hash(String name) {
    return users.find(name).map(user -> Secret.of(user.password().text()));
  }

  /** Checks; an unknown name takes as long as a wrong password. */
  public Outcome check(String name, char[] password, String address) {
    if (!byAddress.begin(address)) {
      return Outcome.TOO_MANY;
    }
    if (!byName.begin(name)) {
      byAddress.takeBack(address);
      return Outcome.TOO_MANY;
    }
    if (!isRight(name, password)) {
      return Outcome.WRONG;
    }
    byName.succeeded(name);
    byAddress.takeBack(address);
    return Outcome.RIGHT;
  }

  private boolean isRight(String name, char[] password) {
    Optional<User> user = users.find(name);
    Optional<PasswordHash> hash = user.map(User::password).or(users::nobodys);
    return matches(hash, password) && user.isPresent();
  }

  private boolean matches(Optional<PasswordHash> hash, char[] password) {
    checks.acquireUninterruptibly();
    try {
      return hash.filter(known -> known.matches(password)).isPresent();
    } finally {
      checks.release();
    }
  }
}
