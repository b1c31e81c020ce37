package io.riffle.cdc.reload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A row in the text format of COPY, with or without its line break. */
final class CopyLine {
  private CopyLine() {}

  /** The texts of the columns; null for NULL. */
  static List<String> split(byte[] line) {
    List<String> fields = new ArrayList<>();
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    boolean isNull = false;
    for (int i = 0; i < end; i++) {
      if (line[i] == '\t') {
        fields.add(isNull ? null : field.toString(StandardCharsets.UTF_8));
        field.reset();
        isNull = false;
      } else if (line[i] == '\\') {
        i++;
        isNull = line[i] == 'N';
        field.write(unescaped(line[i]));
      } else {
        field.write(line[i]);
      }
    }
    fields.add(isNull ? null : field.toString(StandardCharsets.UTF_8));
    return fields;
  }

  private static int unescaped(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      default -> escape;
    };
  }
}
