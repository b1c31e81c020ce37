package io.riffle.console.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Traces as bytes: of each point what differs from the one before, in as many bytes as that takes.
 */
final class TraceCodec {
  private static final int MOST_PARTS = 8;
  private static final int MOST_POINTS = 10_000;

  private TraceCodec() {}

  static void write(Trace trace, Numbers out) {
    out.put(trace.name().size());
    trace.name().forEach(out::putText);
    out.put(trace.lines().size());
    trace.lines().forEach(line -> writeLine(line, out));
  }

  private static void writeLine(List<Point> line, Numbers out) {
    out.put(line.size());
    Point before = new Point(0, 0, 0);
    for (Point point : line) {
      out.putSigned(point.second() - before.second());
      out.putSigned(point.count() - before.count());
      out.put(bits(point) ^ bits(before));
      before = point;
    }
  }

  private static long bits(Point point) {
    return Integer.toUnsignedLong(Float.floatToIntBits(point.measure()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException when it cannot have
   */
  static Trace read(Numbers in) throws IOException {
    int parts = in.count(MOST_PARTS);
    if (parts == 0) {
      throw new IOException("no name");
    }
    List<String> name = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      name.add(in.text());
    }
    int count = in.count(MOST_PARTS);
    List<List<Point>> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(readLine(in));
    }
    return new Trace(name, lines);
  }

  private static List<Point> readLine(Numbers in) throws IOException {
    int count = in.count(MOST_POINTS);
    List<Point> line = new ArrayList<>(count);
    Point before = new Point(0, 0, 0);
    for (int i = 0; i < count; i++) {
      long second = before.second() + in.signed();
      long lag = before.count() + in.signed();
      float behind = Float.intBitsToFloat((int) (in.number() ^ bits(before)));
      if (second < before.second()) {
        throw new IOException("no point of a line");
      }
      before = new Point(second, lag, behind);
      line.add(before);
    }
    return line;
  }
}
