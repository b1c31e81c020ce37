package io.riffle.console.history;

import java.util.List;

/**
 * What was kept of something, as it goes into the file.
 *
 * @param name what it is of: a kind, and a name or two; never anything of a record
 * @param lines of one ring each, oldest point first, without gaps
 */
public record Trace(List<String> name, List<List<Point>> lines) {

  public Trace {
    name = List.copyOf(name);
    lines = List.copyOf(lines);
  }
}
