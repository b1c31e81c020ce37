package io.riffle.console.access;

import io.riffle.operations.access.PasswordHash;

/** Somebody who may sign in with a password. */
record User(String name, Role role, PasswordHash password) {
  @Override
  public String toString() {
    return "User[" + name + ", " + role + "]";
  }
}
