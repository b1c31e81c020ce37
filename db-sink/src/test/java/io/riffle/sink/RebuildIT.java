package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static io.riffle.sink.SinkFixture.PDE;
import static io.riffle.sink.SinkFixture.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.sink.rebuild.Difference;
import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rebuilt tables hold what the live ones should: of claims with lines, of events, of persons. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@Tag("full")
@Tag("stack")
class RebuildIT {
  private final RebuildFixture riffle;
  private final SinkFixture sink;

  RebuildIT(TestPostgres postgres, TestKafka kafka) {
    riffle = new RebuildFixture(postgres, kafka);
    sink = riffle.sink;
  }

  @AfterEach
  void close() {
    riffle.close();
  }

  @Test
  void claimsAreAsTheyWereAndWhatWasDamagedIsWhole() throws Exception {
    List<TopicPartition> topic = riffle.topic(CARRIER, 2);
    for (int round = 1; round <= 3; round++) {
      for (long key = 1; key <= 400; key++) {
        int lines = (int) (key + round) % 4;
        sink.putCarrier(topic.get((int) key % 2), 1, key, 100 * key + round, lines, lines);
      }
    }
    sink.delete(topic.get(1), 1, 7);
    sink.delete(topic.get(0), 1, 8);
    sink.putCarrier(topic.get(0), 1, 8, 77, 2, 2);
    sink.delete(topic.get(1), 1, 999);
    riffle.publish();
    TestWorker worker = riffle.worker().open(topic.get(0), topic.get(1)).drain();
    List<String> claims = riffle.dump("carrier_claims");
    List<String> lines = riffle.dump("carrier_claim_lines");
    List<String> deleted = sink.rows("SELECT key, \"offset\" FROM riffle.deleted_keys ORDER BY 1");
    assertThat(claims).hasSize(399);
    sink.postgres.execute(
        "DELETE FROM ccw.carrier_claims WHERE clm_id BETWEEN 10 AND 19;"
            + " UPDATE ccw.carrier_claims SET clm_pmt_amt = 0 WHERE clm_id BETWEEN 20 AND 24;"
            + " DELETE FROM ccw.carrier_claim_lines WHERE clm_id = 30;"
            + " INSERT INTO ccw.carrier_claim_lines SELECT (jsonb_populate_record(l,"
            + " '{\"clm_id\": 4711}')).* FROM ccw.carrier_claim_lines l WHERE clm_id = 31 LIMIT 1;"
            + " DELETE FROM riffle.deleted_keys WHERE key = 999");

    Rebuild rebuild = riffle.rebuild(1, CARRIER);
    assertThat(riffle.obstacles(CARRIER)).isEmpty();
    List<Difference> found = rebuild.run(RebuildFixture::silent, SwapHook.NONE);

    assertThat(riffle.dump("carrier_claims")).isEqualTo(claims);
    assertThat(riffle.dump("carrier_claim_lines")).isEqualTo(lines);
    assertThat(sink.rows("SELECT key, \"offset\" FROM riffle.deleted_keys ORDER BY 1"))
        .isEqualTo(deleted);
    assertThat(found)
        .containsExactly(
            new Difference("carrier_claims", 399, 10, 0, 5),
            new Difference("carrier_claim_lines", lines.size(), 1, 1, 0));

    sink.putCarrier(topic.get(0), 1, 2, 5, 1, 1);
    sink.delete(topic.get(1), 1, 3);
    worker.drain();
    assertThat(sink.row("SELECT clm_pmt_amt FROM ccw.carrier_claims WHERE clm_id = 2"))
        .isEqualTo("0.05");
    assertThat(riffle.dump("carrier_claims")).hasSize(398);
    assertThat(sink.rows("SELECT FROM riffle_old_1.carrier_claims")).hasSize(389);
    assertThat(sink.row("SELECT sum(older) FROM riffle.sink_totals")).isEqualTo("0");

    rebuild.drop();
    assertThat(sink.rows("SELECT FROM pg_namespace WHERE nspname LIKE 'riffle\\__%'")).isEmpty();
  }

  @Test
  void eventsHaveNoLines() throws Exception {
    TopicPartition topic = riffle.topic(PDE, 1).get(0);
    for (long key = -300; key < 0; key++) {
      Map<String, Object> event = Map.of("pde_id", key, "qty_dspnsd_num", Encoder.decimal(key));
      var value = sink.encoder.merged(PDE, Encoder.origin(1, 400 + key), 0, event, List.of());
      sink.log.add(topic, Long.toString(key), value);
    }
    riffle.publish();
    riffle.worker().open(topic).drain();
    List<String> events = riffle.dump("partd_events");
    sink.postgres.execute("DELETE FROM ccw.partd_events WHERE pde_id < -7");

    riffle.rebuild(1, PDE).run(RebuildFixture::silent, SwapHook.NONE);

    assertThat(riffle.dump("partd_events")).hasSize(300).isEqualTo(events);
  }

  @Test
  void personsHaveMonthsAndFormerIdentities() throws Exception {
    List<TopicPartition> topic = riffle.topic(PERSON, 2);
    TestWorker worker = riffle.worker().open(topic.get(0), topic.get(1));
    for (int round = 0; round < 2; round++) {
      for (long key = 1; key <= 60; key++) {
        putPerson(topic.get((int) key % 2), key, round);
      }
      riffle.publish();
      worker.drain();
    }
    List<String> tables = List.of("beneficiaries", "beneficiary_monthly", "beneficiaries_history");
    List<List<String>> before = tables.stream().map(riffle::dump).toList();
    String audited = "SELECT count(*) FROM ccw.beneficiary_monthly_audit";
    assertThat(sink.row(audited)).isEqualTo("60");
    sink.postgres.execute(
        "DELETE FROM ccw.beneficiaries_history WHERE bene_id < 5;"
            + " DELETE FROM ccw.beneficiary_monthly WHERE bene_id = 9");

    riffle.rebuild(1, PERSON).run(RebuildFixture::silent, SwapHook.NONE);

    assertThat(tables.stream().map(riffle::dump).toList()).isEqualTo(before);
    assertThat(sink.row(audited)).isEqualTo("60");
    assertThat(
            sink.row(
                "SELECT count(*), count(DISTINCT bene_history_id), count(last_updated)"
                    + " FROM ccw.beneficiaries_history"))
        .isEqualTo("60|60|60");
    putPerson(topic.get(0), 2, 2);
    worker.drain();
    assertThat(sink.row(audited)).isEqualTo("61");
    assertThat(riffle.dump("beneficiaries_history")).hasSize(60);
  }

  private void putPerson(TopicPartition topic, long key, int round) {
    PersonRecord person =
        new PersonRecord(key)
            .ofYear(2020)
            .with("mbi_num", "M" + key)
            .year(2019, Map.of("hmo_1_ind", "A"))
            .year(2020, Map.of("ptc_cntrct_jan_id", "H" + round, "ptc_cntrct_feb_id", "H9"))
            .former("first", Map.of("mbi_num", "OLD" + key, "bene_crnt_hic_num", "h"));
    sink.putPerson(topic, 1, person, RecordSchemas.merged(PERSON));
  }

  @Test
  void aRecordThatTheSinkRejectsLeavesTheOneBeforeIt() throws Exception {
    TopicPartition topic = riffle.topic(CARRIER, 1).get(0);
    for (long key = 1; key <= 50; key++) {
      sink.putCarrier(topic, 1, key, key, 1, 1);
    }
    byte[] fingerprint =
        sink.encoder
            .merged(CARRIER, Encoder.origin(1, 1), 0, Map.of(), List.of())
            .writer()
            .header()
            .value();
    sink.log.add(topic, "5".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1}, fingerprint);
    sink.putCarrier(topic, 1, 6, 1, tooLong(6), List.of());
    sink.putCarrier(topic, 1, 6, 2, tooLong(6), List.of());
    sink.putCarrier(topic, 1, 60, 2, tooLong(60), List.of());
    for (long key = 20; key <= 50; key++) {
      sink.putCarrier(topic, 1, key, key + 1, 2, 2);
    }
    riffle.publish();
    riffle.worker().open(topic).drain();
    List<String> claims = riffle.dump("carrier_claims");
    List<String> lines = riffle.dump("carrier_claim_lines");
    assertThat(claims).hasSize(50);
    sink.postgres.execute("DELETE FROM ccw.carrier_claims WHERE clm_id < 40");

    riffle.rebuild(1, CARRIER).run(RebuildFixture::silent, SwapHook.NONE);

    assertThat(riffle.dump("carrier_claims")).isEqualTo(claims);
    assertThat(riffle.dump("carrier_claim_lines")).isEqualTo(lines);
  }

  private static Map<String, Object> tooLong(long key) {
    return Map.of("clm_id", key, "carr_num", "longer than five");
  }
}
