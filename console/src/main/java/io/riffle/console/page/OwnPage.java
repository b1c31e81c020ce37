package io.riffle.console.page;

/** A page to go on to after signing in, as a request names it: one of ours, or the first one. */
public final class OwnPage {
  private OwnPage() {}

  /**
   * That page if it is one of ours; {@code //host} and {@code /\host} are not, and one to sign in
   * or out leads nowhere.
   */
  public static String of(String to) {
    boolean ours = to != null && to.matches("/(?![/\\\\]|sign-)[\\x21-\\x7e]*");
    return ours ? to : "/";
  }
}
