package io.riffle.chaos.reference;

import io.riffle.schemas.layout.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A generated file, which has neither quotes nor escapes: rows as fields by their column. */
final class RifFile {

  private static final String MARK = "\uFEFF";

  private RifFile() {}

  /** Told each row, in the file's order. */
  interface Rows {
    void row(Row row);
  }

  /** The fields of a row; a column that the file lacks has none. */
  record Row(Map<String, Integer> header, List<String> fields) {

    boolean has(Column column) {
      return header.containsKey(column.source());
    }

    String field(Column column) {
      return fields.get(header.get(column.source()));
    }

    /** Empty where the file has no such column. */
    String action() {
      Integer index = header.get("DML_IND");
      return index == null ? "" : fields.get(index);
    }
  }

  static void read(Path file, Rows rows) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      Map<String, Integer> header = new HashMap<>();
      List<String> names = List.of(lines.readLine().replace(MARK, "").split("\\|", -1));
      names.forEach(name -> header.put(name, names.indexOf(name)));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.row(new Row(header, List.of(line.split("\\|", -1))));
      }
    }
  }
}
