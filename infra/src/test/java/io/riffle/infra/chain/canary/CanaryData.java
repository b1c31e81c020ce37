package io.riffle.infra.chain.canary;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.ByteText;
import io.riffle.infra.chain.matrix.RifText;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.infra.generate.Years;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes data sets with a canary in every field that can hold one. */
final class CanaryData {

  private static final int AFTER_CLAIMS = 500;

  private final Path folder;
  private int made;

  CanaryData(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a set.
   *
   * @param first number of the first record, from 0
   * @param spoil a last edit of each file
   */
  Path write(List<String> types, int first, int records, Consumer<RifText> spoil)
      throws IOException {
    Path set = folder.resolve("canary-" + made++);
    List<Entry> entries = types.stream().map(type -> Entry.parse(Chain.LAYOUTS, type)).toList();
    GenerateRequest request =
        new GenerateRequest(
            entries,
            Canary.FIRST + first,
            records,
            Canary.FIRST + AFTER_CLAIMS,
            4,
            new Years(2024, 2025),
            2,
            false,
            7,
            Chain.nextInstant(),
            1);
    for (GeneratedFile file : new DataSetGenerator(request).write(set)) {
      Path path = set.resolve(file.name());
      RifText rif = RifText.of(Files.readAllBytes(path));
      fill(rif, Chain.LAYOUTS.get(file.type().replaceFirst("_MERGE$", "")));
      spoil.accept(rif);
      Files.write(path, ByteText.bytes(rif.text()));
    }
    return set;
  }

  private static void fill(RifText rif, Layout layout) {
    List<String> header = List.of(rif.line(1).split("\\|", -1));
    for (Column column : layout.fileColumns()) {
      if (header.contains(column.name()) && column.role() == Role.NONE) {
        for (int line = 2; line <= rif.size(); line++) {
          rif.setField(line, column.name(), field(column, rif.field(line, column.name())));
        }
      }
    }
  }

  /** Medicare numbers keep what makes them different from each other. */
  private static String field(Column column, String generated) {
    return switch (column.kind()) {
      case STRING ->
          column.length() < Canary.TEXT.length()
              ? generated
              : (Canary.TEXT + column.ordinal())
                  .substring(
                      0,
                      Math.min(
                          column.length(),
                          Canary.TEXT.length() + Integer.toString(column.ordinal()).length()));
      case HASH -> generated.isEmpty() ? generated : Canary.TEXT + generated.substring(3);
      case DATE -> Canary.DATE;
      case DECIMAL -> holdsAmount(column) ? Canary.AMOUNT : generated;
      default -> generated;
    };
  }

  private static boolean holdsAmount(Column column) {
    return column.kind() == Kind.DECIMAL
        && column.scale() == 2
        && column.precision() - column.scale() >= 6;
  }
}
