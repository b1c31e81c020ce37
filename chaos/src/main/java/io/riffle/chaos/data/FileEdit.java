package io.riffle.chaos.data;

import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts canaries and deletes into a generated file. */
final class FileEdit {

  private static final String SEPARATOR = "|";
  private static final String MARK = "\uFEFF";

  private final Entry entry;
  private final int deleteEvery;

  /**
   * An edit.
   *
   * @param deleteEvery of a FULL file, one record in so many becomes a DELETE; 0 for none
   */
  FileEdit(Entry entry, int deleteEvery) {
    this.entry = entry;
    this.deleteEvery = entry.merge() ? 0 : deleteEvery;
  }

  void apply(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> lines = text.lines().toList();
    List<Column> columns = columns(lines.get(0).replace(MARK, ""));
    List<String> edited = new ArrayList<>(List.of(lines.get(0)));
    lines.stream().skip(1).map(line -> row(line, columns)).forEach(edited::add);
    Files.writeString(file, String.join("\n", edited) + (text.endsWith("\n") ? "\n" : ""));
  }

  private List<Column> columns(String header) {
    Map<String, Column> byName = entry.layout().byName();
    return List.of(header.split("\\|", -1)).stream().map(byName::get).toList();
  }

  private String row(String line, List<Column> columns) {
    String[] fields = line.split("\\|", -1);
    boolean delete = isDeleted(fields, columns);
    for (int i = 0; i < fields.length; i++) {
      Column column = columns.get(i);
      if (column.kind() == Kind.ACTION) {
        fields[i] = delete ? "DELETE" : fields[i];
      } else if (column.role() == Role.NONE) {
        fields[i] = Canary.plant(column, fields[i]);
      }
    }
    return String.join(SEPARATOR, fields);
  }

  private boolean isDeleted(String[] fields, List<Column> columns) {
    long key = Long.parseLong(fields[columns.indexOf(entry.layout().key())]);
    return deleteEvery > 0 && GenerateRequest.record(key) % deleteEvery == 0;
  }
}
