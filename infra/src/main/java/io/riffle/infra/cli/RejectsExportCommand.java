package io.riffle.infra.cli;

import io.riffle.operations.rejects.RejectExport;
import io.riffle.operations.rejects.RejectFilter;
import io.riffle.operations.rejects.RejectStatus;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle rejects export}. */
@Command(
    name = "export",
    description = {
      "Write rejects as CSV, or with -o json as one JSON object a line, oldest first. In CSV a text",
      "that a spreadsheet would take for a formula has an apostrophe in front."
    })
final class RejectsExportCommand implements Callable<Integer> {
  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Spec private CommandSpec spec;
  @ParentCommand private RejectsCommand rejects;
  @Mixin private RejectOptions which = new RejectOptions();

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description = "${COMPLETION-CANDIDATES}, several with commas (default: every status)")
  private List<RejectStatus> statuses = List.of();

  @Option(
      names = "--raw",
      description = "With the records as they came, in hexadecimal digits: health data")
  private boolean raw;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A new file, for its owner only (default: stdout)")
  private Path out;

  /** For its owner's eyes, and never over another file. */
  private Path create(Path file) throws IOException {
    try {
      return Files.createFile(file, OWNERS_ONLY);
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(spec.commandLine(), "--out: " + file + " exists already", e);
    }
  }

  /** What could not be written whole is not left behind. */
  private long write(RejectExport export, RejectFilter filter, Path created)
      throws SQLException, IOException {
    try (Writer file = Files.newBufferedWriter(created)) {
      return export.write(filter, raw, file);
    } catch (SQLException | IOException e) {
      Files.delete(created);
      throw e;
    }
  }

  @Override
  public Integer call() throws SQLException, IOException {
    RejectFilter filter = which.filter(List.of(), statuses);
    if (raw) {
      System.err.println("riffle: the export has health data; keep it as such");
    }
    DataSource database = rejects.database();
    if (raw) {
      CommandNotes.byUser(database).look("SHOW_VALUES", "rejects: " + filter.text());
    }
    RejectExport export =
        new RejectExport(RejectsCommand.ledger(database), rejects.options().json());
    long count;
    if (out == null) {
      Writer stdout = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
      count = export.write(filter, raw, stdout);
      stdout.flush();
    } else {
      count = write(export, filter, create(out));
    }
    System.err.println("riffle: " + count + " rejects exported");
    return Riffle.OK;
  }
}
