package io.riffle.console.page;

/** A page to go on to, as a request names it: one of ours, or the first one. */
public final class OwnPage {
  private OwnPage() {}

  /** That page if it is one of ours; {@code //host} and {@code /\host} are not. */
  public static String of(String to) {
    boolean ours = to != null && to.matches("/(?![/\\\\])[\\x21-\\x7e]*");
    return ours ? to : "/";
  }
}
