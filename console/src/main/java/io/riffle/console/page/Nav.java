package io.riffle.console.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The pages in the order of the navigation, with the key that leads there after {@code g}. */
public enum Nav {
  OVERVIEW("Overview", "/", "o"),
  FILES("Files", "/files", "f"),
  LAG("Lag", "/lag", "l"),
  REJECTS("Rejects", "/rejects", "r"),
  REPLAYS("Replay", "/replays", "p"),
  RECORD("Record", "/record", "e"),
  CDC("CDC", "/cdc", "c"),
  DOCTOR("Doctor", "/doctor", "d"),
  ACTIVITY("Activity", "/activity", "a"),
  RUNBOOK("Runbook", "/runbook", "b");

  private final String title;
  private final String path;
  private final String key;

  Nav(String title, String path, String key) {
    this.title = title;
    this.path = path;
    this.key = key;
  }

  public String title() {
    return title;
  }

  public String path() {
    return path;
  }

  String key() {
    return key;
  }

  /** Where an address belongs, whatever is there; the overview, unless it is below another. */
  public static Nav of(String address) {
    return Arrays.stream(values())
        .filter(nav -> address.equals(nav.path) || address.startsWith(nav.path + "/"))
        .max(Comparator.comparing(nav -> nav.path.length()))
        .orElse(OVERVIEW);
  }

  static List<Nav> all() {
    return List.of(values());
  }
}
