package io.riffle.chaos.data;

import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.chaos.scenario.Scale;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.infra.generate.Years;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Writes the data sets of a run into folders. */
public final class SetWriter {

  private static final int LINES_AT_RANDOM = 0;

  private final Layouts layouts;
  private final Path folder;
  private final Instant start;

  /**
   * A writer.
   *
   * @param start what the sets' seconds are counted from
   */
  public SetWriter(Layouts layouts, Path folder, Instant start) {
    this.layouts = layouts;
    this.folder = folder;
    this.start = start;
  }

  /** Writes a set. */
  public ChaosSet write(NewSet set) throws IOException {
    Path into = folder.resolve("set-" + set.number());
    List<GeneratedFile> files = new DataSetGenerator(request(set)).write(into);
    for (GeneratedFile file : files) {
      Entry entry = Entry.parse(layouts, file.type());
      new FileEdit(entry, set.deleteEvery()).apply(into.resolve(file.name()));
    }
    return new ChaosSet(set.number(), set.second(), into, files);
  }

  private GenerateRequest request(NewSet set) {
    List<Entry> entries = set.types().stream().map(type -> Entry.parse(layouts, type)).toList();
    return new GenerateRequest(
        entries,
        Canary.FIRST + set.first(),
        set.records(),
        Canary.FIRST + Scale.MOST_KEYS - 1 + set.firstPerson(),
        set.persons(),
        new Years(set.year(), set.year() + set.years() - 1),
        LINES_AT_RANDOM,
        set.olderLayout(),
        set.values(),
        start.plusSeconds(set.second()),
        1);
  }
}
