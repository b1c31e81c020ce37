package io.riffle.infra.cli;

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
      List<FileStatus> files = await(load, begin(load, endpoints.bucket()));
      new FileReport(files).print(riffle.options());
      return files.stream().allMatch(FileStatus::clean) ? Riffle.OK : Riffle.NOT_OK;
    }
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

  private List<String> begin(DataSetLoad load, String bucket) throws IOException, SQLException {
    if (!source.startsWith(S3_SCHEME)) {
      return load.upload(Path.of(source));
    }
    URI uri = URI.create(source);
    if (!bucket.equals(uri.getHost())) {
      throw new LoadException(source + " is not in the bucket that Riffle reads: " + bucket);
    }
    return load.find(uri.getPath().substring(1));
  }
}
