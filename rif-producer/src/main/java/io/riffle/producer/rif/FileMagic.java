package io.riffle.producer.rif;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The first bytes by which files of other kinds, and encodings, give themselves away. */
final class FileMagic {

  private static final Map<String, byte[]> MAGIC = new LinkedHashMap<>();

  static {
    MAGIC.put("a zip archive", latin1("PK\u0003\u0004"));
    MAGIC.put("an empty zip archive", latin1("PK\u0005\u0006"));
    MAGIC.put("a Parquet file", latin1("PAR1"));
    MAGIC.put("an ORC file", latin1("ORC\u0011"));
    MAGIC.put("an Avro file", latin1("Obj\u0001"));
    MAGIC.put("a gzip stream", latin1("\u001f\u008b"));
    MAGIC.put("a zstd stream", latin1("(\u00b5/\u00fd"));
    MAGIC.put("a bzip2 stream", latin1("BZh"));
    MAGIC.put("an xz stream", latin1("\u00fd7zXZ\u0000"));
    MAGIC.put("a PDF document", latin1("%PDF-"));
  }

  private static final byte[] UTF_8_MARK = latin1("\u00ef\u00bb\u00bf");
  private static final byte[] UTF_16_BIG = latin1("\u00fe\u00ff");
  private static final byte[] UTF_16_LITTLE = latin1("\u00ff\u00fe");

  private FileMagic() {}

  /** What the file is, when its first bytes tell that it is no RIF file. */
  static Optional<String> other(byte[] bytes, int from, int to) {
    for (Map.Entry<String, byte[]> magic : MAGIC.entrySet()) {
      if (startsWith(bytes, from, to, magic.getValue())) {
        return Optional.of(magic.getKey());
      }
    }
    return isMarkup(bytes, from, to) ? Optional.of("an HTML or XML page") : Optional.empty();
  }

  static boolean isUtf16(byte[] bytes, int from, int to) {
    return startsWith(bytes, from, to, UTF_16_BIG) || startsWith(bytes, from, to, UTF_16_LITTLE);
  }

  /** Length of the byte order mark in front, 0 without one. */
  static int byteOrderMark(byte[] bytes, int from, int to) {
    return startsWith(bytes, from, to, UTF_8_MARK) ? UTF_8_MARK.length : 0;
  }

  private static boolean isMarkup(byte[] bytes, int from, int to) {
    int start = from + byteOrderMark(bytes, from, to);
    String text = new String(bytes, start, Math.min(16, to - start), StandardCharsets.ISO_8859_1);
    return text.strip().toLowerCase(Locale.ROOT).startsWith("<");
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] magic) {
    if (to - from < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (bytes[from + i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
