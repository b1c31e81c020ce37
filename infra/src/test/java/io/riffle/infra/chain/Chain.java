package io.riffle.infra.chain;

import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.infra.generate.GenerateRequest;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.client.S3;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.load.DataSetLoad;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole chain as processes of this machine, up once for all end-to-end tests of the module.
 * Each test loads records of its own, so that tests do not see each other.
 */
public final class Chain {

  public static final String TABLES = Endpoints.TABLES_SCHEMA;
  public static final Layouts LAYOUTS = Layouts.load();

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicLong NEXT_RECORD = new AtomicLong(1);
  private static final AtomicLong NEXT_PERSON = new AtomicLong(1_000_000);
  private static final AtomicLong NEXT_SECOND = new AtomicLong(1);

  /** As the expected tables of the samples have it; the pepper's text is nottherealpepper. */
  private static final Map<String, String> HASHES =
      Map.of(
          "RIFFLE_HASH_PEPPER", "6e6f747468657265616c706570706572",
          "RIFFLE_HASH_ITERATIONS", "2");

  /** The slow compiler would take more of the machine than these small loads. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private static Chain shared;

  private final LocalStack stack;
  private final S3Client s3;
  private final DataSource database;
  private final DataSetLoad load;

  private Chain(LocalStack stack) {
    Endpoints endpoints = stack.endpoints();
    this.stack = stack;
    this.s3 = S3.open(endpoints);
    this.database = PostgresClient.dataSource(endpoints);
    this.load = new DataSetLoad(s3, endpoints.bucket(), database, new Ledger(database, TABLES));
  }

  /** The running chain; stopped and deleted when the JVM ends. */
  public static synchronized Chain shared() {
    if (shared == null) {
      shared = new Chain(start());
    }
    return shared;
  }

  /** A chain of a test's own, running, which it stops and deletes. */
  static Chain ownIn(Path home) {
    LocalStack stack = in(home).open();
    stack.start();
    return new Chain(stack);
  }

  private static LocalStack start() {
    try {
      Path home = Files.createTempDirectory("riffle-chain");
      LocalStack stack = in(home).open();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stack.stop();
                    stack.purge();
                  }));
      stack.start();
      return stack;
    } catch (IOException e) {
      throw new IllegalStateException("no folder for the stack", e);
    }
  }

  private static LocalStack.Builder in(Path home) {
    return LocalStack.in(home)
        .ports(PortPolicy.FREE)
        .environment(HASHES)
        .variable("RIFFLE_SCAN_UNLISTED_AFTER", "1s")
        .variable("RIFFLE_ARCHIVE_MAX_AGE", "1s")
        .jvmOptions(QUICK_START);
  }

  /** The same stack, whose services get a variable more when they are started from here. */
  LocalStack stackWith(String variable, String value) {
    return in(stack.home()).variable(variable, value).open();
  }

  public LocalStack stack() {
    return stack;
  }

  public S3Client s3() {
    return s3;
  }

  public String bucket() {
    return stack.endpoints().bucket();
  }

  public DataSource database() {
    return database;
  }

  public DataSetLoad load() {
    return load;
  }

  /** Numbers of records that no other test uses. */
  public static long claimRecords(long count) {
    return NEXT_RECORD.getAndAdd(count);
  }

  /** Numbers of persons that no other test uses. */
  public static long persons(long count) {
    return NEXT_PERSON.getAndAdd(count);
  }

  /** An instant that no other test's data set has; later calls are later. */
  public static Instant nextInstant() {
    return Instant.now()
        .truncatedTo(ChronoUnit.DAYS)
        .minus(10, ChronoUnit.DAYS)
        .plusSeconds(NEXT_SECOND.getAndIncrement());
  }

  /** A request for records that no other test uses, with one file for each entry type. */
  public static GenerateRequest request(List<String> types, long first, long records) {
    List<Entry> entries = types.stream().map(type -> Entry.parse(LAYOUTS, type)).toList();
    return new GenerateRequest(
        entries, first, records, Math.max(1, records / 10), 0, true, 11, nextInstant(), 1);
  }

  /** Generates a data set, uploads it and waits for its end. */
  public List<FileStatus> load(GenerateRequest request, Path folder)
      throws IOException, SQLException, InterruptedException {
    new DataSetGenerator(request).write(folder);
    return load(folder);
  }

  /** Uploads a folder and waits for its end. */
  public List<FileStatus> load(Path folder) throws IOException, SQLException, InterruptedException {
    return await(load.upload(folder));
  }

  /** Waits for the end of data sets that were uploaded. */
  public List<FileStatus> await(List<String> manifests) throws SQLException, InterruptedException {
    return load.await(manifests, PATIENCE, files -> {});
  }

  /** One number from the database. */
  public long number(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** One text from the database. */
  public String text(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Changes something past Riffle. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Rows that differ between generated files and the tables. */
  public long differences(String type, Path full, Optional<Path> merge)
      throws SQLException, IOException {
    return new RifOracle(database, TABLES, LAYOUTS.get(type)).differences(full, merge);
  }
}
