package io.riffle.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A start line and headers, of a request or an answer, changed only where it is said. */
final class HttpHead {

  private static final int MAX_BYTES = 64 * 1024;

  private final String startLine;
  private final List<String> headers;

  private HttpHead(String startLine, List<String> headers) {
    this.startLine = startLine;
    this.headers = headers;
  }

  /** Reads up to the empty line and no byte more. */
  static HttpHead read(InputStream in) throws IOException {
    String startLine = line(in);
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return new HttpHead(startLine, headers);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() > MAX_BYTES) {
        throw new EOFException("no whole head");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  String startLine() {
    return startLine;
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> isNamed(header, name))
        .map(header -> header.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** The same with this header, instead of any that it had of that name. */
  HttpHead with(String name, String value) {
    HttpHead changed = without(name);
    changed.headers.add(name + ": " + value);
    return changed;
  }

  HttpHead without(String name) {
    List<String> left = new ArrayList<>(headers);
    left.removeIf(header -> isNamed(header, name));
    return new HttpHead(startLine, left);
  }

  byte[] bytes() {
    return (startLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isNamed(String header, String name) {
    return header.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
  }
}
