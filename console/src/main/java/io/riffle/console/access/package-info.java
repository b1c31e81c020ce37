/**
 * Who may do what: users with hashed passwords, sessions, roles, tokens against forged posts, the
 * limit of attempts. Start at {@link io.riffle.console.access.Gate}.
 */
package io.riffle.console.access;
