package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.infra.generate.Years;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle generate}. */
@Command(
    name = "generate",
    description = {
      "Write a seeded data set: RIF files and their manifest. The same seed, the same bytes.",
      "cdc makes source databases instead, and changes their rows."
    },
    subcommands = GenerateCdcCommand.class)
final class GenerateCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;
  @Spec private CommandSpec spec;

  @Option(
      names = "--types",
      split = ",",
      defaultValue = "CARRIER,PDE",
      description = {
        "Entry types: any of the ten, and the _MERGE form of any but BENEFICIARY_HISTORY",
        "(default: ${DEFAULT-VALUE})"
      })
  private List<String> types;

  @Option(
      names = "--claims",
      defaultValue = "1000",
      description = "Records in each file of claims or drug events (default: ${DEFAULT-VALUE})")
  private long claims;

  @Option(
      names = "--benes",
      defaultValue = "100",
      description = {
        "Persons they belong to; a BENEFICIARY or BENEFICIARY_HISTORY file has them all",
        "(default: ${DEFAULT-VALUE})"
      })
  private long benes;

  @Option(
      names = "--first-bene",
      defaultValue = "1",
      description = "Number of the first person, which gives its key (default: ${DEFAULT-VALUE})")
  private long firstBene;

  @Option(
      names = "--years",
      paramLabel = "YEAR[-YEAR]",
      description = "Reference years of BENEFICIARY, one file each (default: 2025)")
  private String years;

  @Option(
      names = "--lines",
      defaultValue = "0",
      description = "Lines of each claim; 0 for 1 to 67, mostly few (default: ${DEFAULT-VALUE})")
  private int lines;

  @Option(
      names = "--first",
      defaultValue = "1",
      description = "Number of the first record, which gives its key (default: ${DEFAULT-VALUE})")
  private long first;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of all values (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--older-layout",
      description = "Leave out the columns that a _MERGE file would bring")
  private boolean olderLayout;

  @Option(
      names = "--timestamp",
      description = "Instant of the data set, such as 2026-11-20T10:00:00Z (default: now)")
  private Instant timestamp;

  @Option(
      names = "--sequence",
      defaultValue = "1",
      description = "The manifest's sequenceId (default: ${DEFAULT-VALUE})")
  private int sequence;

  @Option(names = "--out", paramLabel = "DIR", description = "Where to write; a data set needs it")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (out == null) { // not required of subcommands
      throw new ParameterException(spec.commandLine(), "Missing required option: '--out=DIR'");
    }
    List<GeneratedFile> files = new DataSetGenerator(request()).write(out);
    if (riffle.options().json()) {
      System.out.println(new ObjectMapper().valueToTree(files));
    } else {
      Table table = new Table("FILE", "TYPE", "RECORDS", "ROWS");
      for (GeneratedFile file : files) {
        table.row(
            file.name(), file.type(), Long.toString(file.records()), Long.toString(file.rows()));
      }
      System.out.println(table);
    }
    return Riffle.OK;
  }

  StackOptions options() {
    return riffle.options();
  }

  private GenerateRequest request() {
    Layouts layouts = riffle.options().layouts();
    Instant at = timestamp == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : timestamp;
    try {
      List<Entry> entries = types.stream().map(type -> Entry.parse(layouts, type)).toList();
      return new GenerateRequest(
          entries,
          first,
          claims,
          firstBene,
          benes,
          years == null ? GenerateRequest.USUAL_YEARS : Years.parse(years),
          lines,
          olderLayout,
          seed,
          at,
          sequence);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
