package io.riffle.infra.cli;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.cdc.archive.ArchiveConfig;
import io.riffle.cdc.archive.ArchiveFiles;
import io.riffle.cdc.archive.ArchiveLoad;
import io.riffle.cdc.archive.ArchiveProblemsException;
import io.riffle.cdc.archive.ArchiveStore;
import io.riffle.cdc.archive.KnownKeys;
import io.riffle.cdc.archive.LoadTarget;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.EventNames;
import io.riffle.cdc.source.TableName;
import io.riffle.config.Settings;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle cdc load-archive}. */
@Command(
    name = "load-archive",
    description =
        "Put rows of the archive back onto the topics of their tables, with the versions that they"
            + " had: what is newer in the tables stays, what is missing comes back. All files are"
            + " verified first.")
final class CdcLoadArchiveCommand implements Callable<Integer> {
  private static final int MAX_REQUEST_BYTES = 9 * 1024 * 1024;

  @ParentCommand private CdcCommand cdc;

  @Parameters(paramLabel = "NAME", description = "The source")
  private String name;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "schema.table, comma-separated; none: all")
  private List<String> tables = List.of();

  @Option(names = "--from", paramLabel = "DAY", description = "First day, such as 2026-03-01")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "Last day")
  private LocalDate to;

  @Option(
      names = "--from-set",
      paramLabel = "SET",
      description = "Whose archive it is (default: this set's)")
  private String fromSet;

  @Option(
      names = "--prefix",
      defaultValue = "Archive",
      paramLabel = "PREFIX",
      description = "archive.prefix of cdc-source (default: ${DEFAULT-VALUE})")
  private String prefix;

  @Option(
      names = "--new-epoch",
      description =
          "Also load what counts as newer than the source's changes: another deployment's, or of a"
              + " later epoch. A newer epoch begins then, and all tables are read")
  private boolean newEpoch;

  @Mixin private OperatorName operator = new OperatorName();

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    try {
      ArchiveLoad.Loaded loaded =
          cdc.notes(operator.name())
              .act(
                  "CDC_LOAD_ARCHIVE",
                  (name + " " + String.join(" ", tables)).strip()
                      + (newEpoch ? ", with a new epoch" : ""),
                  Optional.empty(),
                  this::load,
                  done -> done.rows() + " rows of " + done.files() + " files");
      System.out.println(cdc.options().json() ? json(loaded) : text(loaded));
      return Riffle.OK;
    } catch (ArchiveProblemsException e) {
      System.err.println(e.getMessage());
      return Riffle.NOT_OK;
    }
  }

  private ArchiveLoad.Loaded load() throws SQLException, IOException {
    Endpoints endpoints = cdc.options().stack().endpoints();
    ArchiveConfig config = config(endpoints);
    SchemaRegistry registry = SchemaRegistry.connect(RegistryConfig.at(endpoints.registryUrl()));
    try (ArchiveStore store = ArchiveStore.open(config);
        Connection ledger = cdc.ledger();
        Producer<byte[], byte[]> producer = producer(endpoints)) {
      LoadTarget target = target(ledger, registry);
      ArchiveFiles files = ArchiveFiles.verified(config, store, selection(), target);
      if (newEpoch) { // before the rows: nothing that streams may be older than them for good
        new Sources(ledger).wantEpochAbove(name, files.epoch());
      }
      return new ArchiveLoad(registry).run(files, target, producer);
    }
  }

  private LoadTarget target(Connection ledger, SchemaRegistry registry) throws SQLException {
    CapturedSource source = CdcCommand.source(ledger, name);
    return new LoadTarget(
        set(),
        source.rules().isPresent(),
        new Sources(ledger).placeholder(),
        newEpoch ? OptionalInt.empty() : OptionalInt.of(source.epoch()),
        KnownKeys.read(name, ledger, registry));
  }

  private ArchiveFiles.Selection selection() {
    Set<String> wanted = tables.stream().map(CdcLoadArchiveCommand::inTopic).collect(toSet());
    return new ArchiveFiles.Selection(
        fromSet == null ? set().set() : fromSet,
        name,
        table -> wanted.isEmpty() || wanted.contains(table),
        Optional.ofNullable(from),
        Optional.ofNullable(to));
  }

  /** As the archive has a table's name: it has the topic's. */
  private static String inTopic(String table) {
    TableName name = TableName.parse(table);
    return EventNames.topicPart(name.schema()) + "." + EventNames.topicPart(name.table());
  }

  private Topics set() {
    return new Topics(cdc.options().set().text());
  }

  private ArchiveConfig config(Endpoints endpoints) {
    Map<String, String> keys =
        Map.of(
            "archive.prefix", prefix,
            "s3.bucket", endpoints.bucket(),
            "s3.endpoint", endpoints.s3().toString(),
            "s3.region", endpoints.s3Region(),
            "s3.access-key", endpoints.s3AccessKey(),
            "s3.secret-key", endpoints.s3SecretKey());
    return Settings.of(keys).build(ArchiveConfig::from).orElseThrow();
  }

  private static Producer<byte[], byte[]> producer(Endpoints endpoints) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", endpoints.bootstrapServers());
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.put("compression.type", "lz4");
    config.put("linger.ms", 20);
    config.put("max.request.size", MAX_REQUEST_BYTES);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private String text(ArchiveLoad.Loaded loaded) {
    return "%s: %,d rows of %d files, %d tables, are on their topics again"
        .formatted(name, loaded.rows(), loaded.files(), loaded.tables());
  }

  private String json(ArchiveLoad.Loaded loaded) {
    return new ObjectMapper()
        .createObjectNode()
        .put("source", name)
        .put("tables", loaded.tables())
        .put("files", loaded.files())
        .put("rows", loaded.rows())
        .toString();
  }
}
