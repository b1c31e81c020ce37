package io.riffle.infra.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.riffle.operations.activity.ActionNotes;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.load.LoadException;
import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code riffle load}. */
@Command(
    name = "load",
    description = {
      "Load a data set and print its totals; exit code 1 when anything was rejected.",
      "A folder with its manifest is uploaded first; one in S3 is taken whatever its age."
    })
final class LoadCommand implements Callable<Integer> {
  private static final String S3_SCHEME = "s3://";

  @ParentCommand private Riffle riffle;

  @Parameters(paramLabel = "DIR|s3://BUCKET/KEY", description = "What to load")
  private String source;

  @Option(
      names = "--patience",
      defaultValue = "300",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "Give up after this time without progress (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Endpoints endpoints = riffle.options().stack().endpoints();
    DataSource database = PostgresClient.dataSource(endpoints);
    Ledger ledger = new Ledger(database, Endpoints.TABLES_SCHEMA);
    try (S3Client s3 = S3.open(endpoints)) {
      DataSetLoad load = new DataSetLoad(s3, endpoints.bucket(), database, ledger);
      ActionNotes notes = CommandNotes.byUser(database);
      Named named = named(load, endpoints.bucket());
      List<FileStatus> files =
          notes.act(
              "LOAD",
              String.join(" ", named.manifests()),
              Optional.empty(),
              () -> await(load, named.begin().run()),
              LoadCommand::states);
      new FileReport(files).print(riffle.options());
      return files.stream().allMatch(FileStatus::clean) ? Riffle.OK : Riffle.NOT_OK;
    }
  }

  /** How many files there are of which state. */
  private static String states(List<FileStatus> files) {
    Map<String, Long> counts =
        files.stream().collect(groupingBy(FileStatus::state, TreeMap::new, counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(joining(", "));
  }

  private List<FileStatus> await(DataSetLoad load, List<String> manifests)
      throws SQLException, InterruptedException {
    try (LoadProgress progress = LoadProgress.of(riffle.options())) {
      Runnable standstill = Standstill.of(riffle.options());
      return load.await(
          manifests,
          patience,
          files -> {
            progress.accept(files);
            standstill.run();
          });
    }
  }

  /** What was asked for: its manifests, and what begins their load. */
  private record Named(List<String> manifests, Begin begin) {}

  private interface Begin {
    List<String> run() throws IOException, SQLException;
  }

  private Named named(DataSetLoad load, String bucket) throws IOException {
    if (!source.startsWith(S3_SCHEME)) {
      Path folder = Path.of(source);
      return new Named(load.manifests(folder), () -> load.upload(folder));
    }
    URI uri = URI.create(source);
    if (!bucket.equals(uri.getHost())) {
      throw new LoadException(source + " is not in the bucket that Riffle reads: " + bucket);
    }
    String prefix = uri.getPath().substring(1);
    return new Named(load.manifests(prefix), () -> load.find(prefix));
  }
}
