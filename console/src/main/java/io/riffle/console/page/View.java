package io.riffle.console.page;

import io.riffle.console.html.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a page shows.
 *
 * @param nav the part of the navigation that it belongs to
 * @param at as of when its data are
 * @param every how often it is loaded again by itself; none: not
 * @param next the page of ours to which it leads on by itself
 */
public record View(
    String title,
    Nav nav,
    Optional<Instant> at,
    Optional<Duration> every,
    Node content,
    Optional<String> next) {

  /** A page that stays. */
  public View(String title, Nav nav, Optional<Instant> at, Optional<Duration> every, Node content) {
    this(title, nav, at, every, content, Optional.empty());
  }

  /** A page whose data change. */
  public static View live(String title, Nav nav, Instant at, Duration every, Node content) {
    return new View(title, nav, Optional.of(at), Optional.of(every), content);
  }

  /** A page that could not be made, and is tried again. */
  public static View again(String title, Nav nav, Duration every, Node content) {
    return new View(title, nav, Optional.empty(), Optional.of(every), content);
  }

  /** A page that stays as it is, such as a form. */
  public static View still(String title, Nav nav, Node content) {
    return new View(title, nav, Optional.empty(), Optional.empty(), content);
  }

  /** A page that leads on to another one of ours at once. */
  public static View leading(String title, Nav nav, String next, Node content) {
    return new View(
        title, nav, Optional.empty(), Optional.empty(), content, Optional.of(OwnPage.of(next)));
  }
}
