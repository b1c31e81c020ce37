package io.riffle.infra.chain.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.RifText;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Loads canaries in every way that something can go wrong with them: bad files, bad records, a row
 * that the database refuses, values that nobody can decode, a server that goes away.
 */
final class CanaryLoad {

  private static final List<String> PDE = List.of("PDE");

  /** A constraint that the tables do not have; it stands for one that a record breaks one day. */
  private static final String REFUSED = Canary.TEXT + "REFUSED";

  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ccw.partd_events'::regclass";

  private final Chain chain;
  private final CanaryData data;
  private final List<String> manifests = new ArrayList<>();

  CanaryLoad(Chain chain, Path folder) {
    this.chain = chain;
    this.data = new CanaryData(folder);
  }

  List<FileStatus> run() throws Exception {
    goodRecords();
    badRecords();
    badFiles();
    badManifests();
    deletesAndPatches();
    undecodable();
    aRowThatTheDatabaseRefuses();
    anOutage();
    return chain.await(manifests);
  }

  private void goodRecords() throws Exception {
    List<String> types = Chain.LAYOUTS.all().stream().map(Layout::type).toList();
    load(data.write(types, 0, 20, CanaryLoad::asItIs));
  }

  private static void asItIs(RifText rif) {
    // good as it was generated
  }

  private void badRecords() throws Exception {
    load(data.write(PDE, 20, 10, CanaryLoad::spoilEvents));
    load(
        data.write(
            List.of("BENEFICIARY", "BENEFICIARY_HISTORY"),
            0,
            4,
            rif -> {
              rif.setField(2, "MBI_NUM", Canary.TEXT + "45678901234");
              rif.setField(3, "BENE_CRNT_HIC_NUM", Canary.TEXT + "4567890123456");
              rif.setField(4, "BENE_BIRTH_DT", Canary.DATE + "7");
            }));
    load(data.write(List.of("CARRIER"), 30, 4, rif -> rif.setField(3, "LINE_NUM", Canary.TEXT)));
  }

  private static void spoilEvents(RifText rif) {
    rif.setField(2, "SRVC_DT", "31-FEB-" + Canary.TEXT);
    rif.setField(3, "PTNT_PAY_AMT", Canary.AMOUNT + Canary.TEXT);
    rif.setField(4, "PDE_ID", Canary.TEXT + "1");
    rif.setField(5, "DML_IND", Canary.TEXT);
    rif.setField(6, "PLAN_CNTRCT_REC_ID", Canary.TEXT + "4567");
    rif.setField(7, "FINAL_ACTION", Canary.TEXT);
    rif.setField(8, "PROD_SRVC_ID", "\"" + Canary.TEXT);
    rif.change(9, row -> row + "|" + Canary.TEXT);
    rif.setField(10, "PROD_SRVC_ID", Canary.TEXT + "\0\u00e9");
    rif.setField(11, "BENE_ID", Canary.KEY + "01234567890123");
  }

  private void badFiles() throws Exception {
    load(data.write(PDE, 40, 2, rif -> rif.change(1, row -> row.replace("SRVC_DT", "NO_SUCH"))));
    load(data.write(PDE, 40, 2, rif -> rif.change(1, row -> rif.line(2))));
    load(data.write(PDE, 40, 2, rif -> rif.change(1, row -> row + rif.line(2))));
    load(data.write(PDE, 40, 2, rif -> rif.change(1, row -> "<html>" + Canary.TEXT)));
    load(data.write(PDE, 40, 2, rif -> rif.change(1, row -> row + "|\"" + Canary.TEXT + "\"")));
  }

  private void badManifests() throws Exception {
    String root =
        "<dataSetManifest xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\""
            + " timestamp=\"%s\" sequenceId=\"%s\">%s</dataSetManifest>";
    String bad = Canary.TEXT + Canary.KEY;
    for (String text :
        List.of(
            bad,
            root.formatted("${at}", 1, bad),
            root.formatted("${at}", bad, ""),
            root.formatted(bad, 1, ""),
            root.formatted("${at}", 1, "<entry name=\"" + bad + "\" type=\"PDE\"/>"),
            root.formatted("${at}", 1, "<entry name=\"a.csv\" type=\"" + bad + "\"/>"),
            root.formatted("${at}", 1, "<entry x=\"" + bad + "\"/>"))) {
      String at = Chain.nextInstant().toString();
      String key = "Incoming/" + at + "/1_manifest.xml";
      chain
          .s3()
          .putObject(
              put -> put.bucket(chain.bucket()).key(key),
              RequestBody.fromString(text.replace("${at}", at)));
      manifests.add(key);
    }
  }

  private void deletesAndPatches() throws Exception {
    load(
        data.write(
            List.of("PDE", "CARRIER", "BENEFICIARY"),
            0,
            2,
            rif -> rif.setField(2, "DML_IND", "DELETE")));
    load(data.write(List.of("PDE_MERGE", "CARRIER_MERGE"), 50, 5, CanaryLoad::asItIs));
  }

  private void undecodable() throws InterruptedException, ExecutionException {
    byte[] value = ("undecodable " + Canary.TEXT).getBytes(UTF_8);
    byte[] key = ("-" + Canary.KEY + "001").getBytes(UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", chain.stack().endpoints().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String topic : List.of("main.rif.pde", "main.merged.pde", "main.merged.parked")) {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
      }
    }
  }

  /** What pgjdbc and the server say of it quotes the row, unless told not to. */
  private void aRowThatTheDatabaseRefuses() throws Exception {
    String constraint = "ALTER TABLE " + Chain.TABLES + ".partd_events %s CONSTRAINT canary";
    execute(constraint.formatted("ADD") + " CHECK (prod_srvc_id NOT LIKE '%REFUSED') NOT VALID");
    try {
      load(data.write(PDE, 60, 5, rif -> rif.setField(3, "PROD_SRVC_ID", REFUSED)));
      chain.await(manifests);
    } finally {
      execute(constraint.formatted("DROP"));
    }
  }

  /** The server is killed while the sink waits for a lock, with rows in its hands. */
  private void anOutage() throws Exception {
    try (Connection other = chain.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE " + Chain.TABLES + ".partd_events IN ACCESS EXCLUSIVE MODE");
      load(data.write(PDE, 100, 400, CanaryLoad::asItIs));
      await().atMost(Duration.ofMinutes(1)).until(() -> chain.number(WAITING) > 0);
      chain.stack().kill("postgres");
    } catch (SQLException e) {
      // the session that held the lock went with the server
    }
    chain.stack().restart("postgres");
  }

  private void load(Path set) throws IOException, SQLException {
    manifests.addAll(chain.load().upload(set));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = chain.database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
