package io.riffle.console.page;

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
  ACTIVITY("Activity", "/activity", "a");

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

  static List<Nav> all() {
    return List.of(values());
  }
}
