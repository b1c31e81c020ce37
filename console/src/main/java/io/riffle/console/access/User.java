package io.riffle.console.access;

/** Somebody who may sign in with a password. */
record User(String name, Role role, PasswordHash password) {
  @Override
  public String toString() {
    return "User[" + name + ", " + role + "]";
  }
}
