package io.riffle.operations.activity;

import java.util.Optional;

/**
 * Something that somebody did, or tried.
 *
 * @param role VIEWER, OPERATOR or ADMIN; empty when nobody was signed in
 * @param via PAGE, API or COMMAND
 * @param action in capitals: SIGN_IN, REDRIVE, …
 * @param target what it was done to, never a key or a value of a record
 * @param before how that stood, where it is known
 * @param after what came of it, or why it was refused
 */
public record Activity(
    String who,
    String role,
    String via,
    String action,
    String target,
    Optional<String> before,
    Optional<String> after) {}
