package io.riffle.console.access;

/**
 * Who makes a request.
 *
 * @param token that forms of the page carry; empty for programs
 * @param via PAGE or API
 */
public record Visitor(String name, Role role, String token, String via) {
  @Override
  public String toString() {
    return name;
  }
}
