package io.riffle.infra.chain.matrix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Gzip, whole and not. */
enum GzipForm {
  WHOLE,
  /** Without its last bytes. */
  TRUNCATED,
  /** With bytes behind it that are no gzip. */
  TRAILING,
  /** A gzip stream in a gzip stream. */
  TWICE,
  /** The file, then blank lines that compress a thousand to one. */
  BOMB;

  private static final int BOMB_BYTES = 64 << 20;
  private static final int CUT = 9;

  static GzipForm of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  byte[] compress(byte[] content) {
    byte[] whole = gzip(content, this == BOMB ? BOMB_BYTES : 0);
    return switch (this) {
      case WHOLE, BOMB -> whole;
      case TRUNCATED -> Arrays.copyOf(whole, whole.length - CUT);
      case TRAILING -> Arrays.copyOf(whole, whole.length + CUT);
      case TWICE -> gzip(whole, 0);
    };
  }

  private static byte[] gzip(byte[] content, int lineFeeds) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
      byte[] feeds = new byte[1 << 20];
      Arrays.fill(feeds, (byte) '\n');
      for (int left = lineFeeds; left > 0; left -= feeds.length) {
        gzip.write(feeds);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
