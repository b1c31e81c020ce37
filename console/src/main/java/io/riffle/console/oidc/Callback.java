package io.riffle.console.oidc;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser brings back from a provider. What is there twice is not there: nobody knows which
 * one was meant.
 */
record Callback(
    Optional<String> state,
    Optional<String> code,
    Optional<String> issuer,
    Optional<String> error) {

  static Callback of(Map<String, List<String>> parameters) {
    return new Callback(
        one(parameters, "state"),
        one(parameters, "code"),
        one(parameters, "iss"),
        one(parameters, "error"));
  }

  private static Optional<String> one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1
        ? Optional.of(values.get(0)).filter(v -> !v.isBlank())
        : Optional.empty();
  }

  /** It has a code. */
  @Override
  public String toString() {
    return "Callback[***]";
  }
}
