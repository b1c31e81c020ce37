package io.riffle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.data.Feed;
import io.riffle.infra.dump.CanonicalDump;
import io.riffle.infra.dump.TablesOfRecord;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.ServiceStatus;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/** A running stack's set while sets of files are loaded into it; its own programs end with it. */
final class LoadedSet implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> OF_A_SET =
      List.of("connect", "merge-processor", "rif-producer");

  private final LocalStack stack;
  private final S3Client s3;
  private final DataSource database;
  private final Feed feed;
  private final DataSetLoad load;
  private final Set<String> manifests = new TreeSet<>();

  LoadedSet(LocalStack stack) {
    Endpoints endpoints = stack.endpoints();
    this.stack = stack;
    this.s3 = S3.open(endpoints);
    this.database = PostgresClient.dataSource(endpoints);
    this.feed = new Feed(s3, endpoints.bucket(), database, Endpoints.TABLES_SCHEMA);
    this.load =
        new DataSetLoad(
            s3, endpoints.bucket(), database, new Ledger(database, Endpoints.TABLES_SCHEMA));
  }

  void upload(ChaosSet set) throws Exception {
    manifests.addAll(feed.manifests(set));
    feed.upload(set, PATIENCE);
  }

  void loadAgain(ChaosSet set) throws Exception {
    feed.loadAgain(set, PATIENCE);
  }

  /** kill -9, and a start. */
  void crash(String service) {
    String name = name(service);
    stack.kill(name);
    stack.restart(name);
  }

  private String name(String service) {
    return stack.status().stream()
        .filter(status -> status.component().equals(service))
        .map(ServiceStatus::name)
        .findFirst()
        .orElseThrow();
  }

  /** Until all files are loaded, without a single reject. */
  void await() throws SQLException, InterruptedException {
    List<FileStatus> files = load.await(List.copyOf(manifests), PATIENCE, progress -> {});
    assertThat(files).isNotEmpty().allMatch(FileStatus::clean);
  }

  void dump(Path into) throws SQLException, IOException {
    new CanonicalDump(database, Endpoints.TABLES_SCHEMA)
        .write(TablesOfRecord.of(Layouts.load()), into);
  }

  @Override
  public void close() {
    OF_A_SET.forEach(service -> stack.kill(name(service)));
    s3.close();
  }
}
