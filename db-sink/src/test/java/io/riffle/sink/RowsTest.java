package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static io.riffle.sink.SinkFixture.CARRIER_0;
import static io.riffle.sink.SinkFixture.PDE;
import static io.riffle.sink.SinkFixture.PDE_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of rows and lines. */
@ExtendWith(PostgresExtension.class)
class RowsTest {
  /** Where rows and lines stand in storage: changes with every write. */
  private static final String PHYSICAL =
      "SELECT clm_id, xmin, ctid, last_updated FROM ccw.carrier_claims ORDER BY 1";

  private static final String PHYSICAL_LINES =
      "SELECT clm_id, line_num, xmin, ctid FROM ccw.carrier_claim_lines ORDER BY 1, 2";
  private static final String AMOUNTS =
      "SELECT clm_id, clm_pmt_amt FROM ccw.carrier_claims ORDER BY 1";

  private final TestPostgres server;
  private SinkFixture sink;

  RowsTest(TestPostgres server) {
    this.server = server;
  }

  @BeforeEach
  void create() {
    sink = new SinkFixture(server);
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void everyTypeArrivesAsItWasSent() {
    Map<String, Object> header = new HashMap<>();
    header.put("clm_id", -100000486L);
    header.put("bene_id", Long.MIN_VALUE);
    header.put("final_action", "F");
    header.put("clm_from_dt", -1);
    header.put("clm_thru_dt", 20_000);
    header.put("clm_pmt_amt", Encoder.decimal(-1));
    header.put("nch_clm_prvdr_pmt_amt", Encoder.decimal(999_999_999_999L));
    header.put("rfr_physn_upin", "Äé\u20ac|\\");
    header.put("carr_num", "");
    Map<String, Object> line = new HashMap<>();
    line.put("line_num", 12);
    line.put("line_srvc_cnt", "1.0");
    line.put("carr_line_mtus_cnt", "-0.50");
    line.put("carr_line_ansthsa_unit_cnt", "123456789012345678901234567890");
    line.put("line_hct_hgb_rslt_num", Encoder.decimal(105));
    line.put("prtcptng_ind_cd", " ");
    sink.putCarrier(CARRIER_0, 1, -100000486L, 42, header, List.of(line));

    sink.worker().open(CARRIER_0).drain();

    assertThat(
            sink.row(
                "SELECT clm_id, bene_id, final_action, clm_from_dt, clm_thru_dt, clm_pmt_amt,"
                    + " nch_clm_prvdr_pmt_amt, rfr_physn_upin, carr_num, rfr_physn_npi,"
                    + " riffle_generation, riffle_offset, riffle_lines_hash,"
                    + " last_updated IS NOT NULL FROM ccw.carrier_claims"))
        .isEqualTo(
            "-100000486|-9223372036854775808|F|1969-12-31|2024-10-04|-0.01|9999999999.99|"
                + "Äé\u20ac|\\||null|0|0|42|t");
    assertThat(
            sink.row(
                "SELECT clm_id, line_num, line_srvc_cnt, carr_line_mtus_cnt,"
                    + " carr_line_ansthsa_unit_cnt, line_hct_hgb_rslt_num,"
                    + " '[' || prtcptng_ind_cd::text || ']', octet_length(prtcptng_ind_cd),"
                    + " hcpcs_cd FROM ccw.carrier_claim_lines"))
        .isEqualTo("-100000486|12|1.0|-0.50|123456789012345678901234567890|10.5|[]|1|null");
  }

  @Test
  void typesWithoutLinesAndSeveralTypesInOneTransaction() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.log.add(
        PDE_0,
        "5",
        sink.encoder.merged(
            PDE, Encoder.origin(2, 1), 0, Map.of("pde_id", 5L, "fill_num", "03"), List.of()));

    sink.worker().open(CARRIER_0, PDE_0).drain();

    assertThat(sink.row("SELECT pde_id, fill_num, riffle_offset FROM ccw.partd_events"))
        .isEqualTo("5|3|0");
    assertThat(
            sink.row(
                "SELECT c.last_updated = p.last_updated FROM ccw.carrier_claims c,"
                    + " ccw.partd_events p"))
        .isEqualTo("t");
  }

  @Test
  void writersOfAnOlderLayoutLeaveNullWhereTheyHadNoColumn() {
    Schema whole = RecordSchemas.merged(CARRIER);
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : whole.getFields()) {
      if (!field.name().equals("rfr_physn_npi")) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    Schema older = Schema.createRecord(whole.getName(), null, whole.getNamespace(), false, fields);
    Map<String, Object> header = Map.of("clm_id", 7L, "rfr_physn_upin", "U");
    sink.log.add(
        CARRIER_0,
        "7",
        sink.encoder.merged(CARRIER, older, Encoder.origin(1, 1), 0, header, List.of()));

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.row("SELECT rfr_physn_upin, rfr_physn_npi FROM ccw.carrier_claims"))
        .isEqualTo("U|null");
  }

  @Test
  void columnsOfANewerLayoutStopTheTaskByName() {
    Schema whole = RecordSchemas.merged(CARRIER);
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : whole.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
      if (field.name().equals("rfr_physn_npi")) {
        fields.add(new Schema.Field("shoe_size", Schema.create(Schema.Type.INT), null, 44));
      }
    }
    Schema newer = Schema.createRecord(whole.getName(), null, whole.getNamespace(), false, fields);
    var record = sink.encoder.merged(CARRIER, Encoder.origin(1, 1), 0, Map.of(), List.of());
    var handle = io.riffle.schemas.wire.SchemaHandle.register(sink.registry, "newer", newer);
    byte[] value = record.bytes();
    handle.writePrefix(value, 0);
    sink.log.add(CARRIER_0, "1", new Encoder.Value(handle, value));
    TestWorker worker = sink.worker().open(CARRIER_0);

    assertThatThrownBy(worker::poll)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("carrier_claims")
        .hasMessageContaining("shoe_size");
    assertThat(sink.row("SELECT count(*) FROM riffle.rejects")).isEqualTo("0");
  }

  @Test
  void theNewestOfAKeyInABatchStandsForAll() {
    sink.putCarrier(1, 7, 100, 1, 2);
    sink.putCarrier(1, 7, 200, 2, 3);
    sink.putCarrier(1, 7, 300, 3, 1);

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("7|3.00");
    assertThat(sink.rows("SELECT clm_id, line_num FROM ccw.carrier_claim_lines"))
        .containsExactly("7|1");
    assertThat(totals()).isEqualTo("3|0|0|3");
  }

  @Test
  void anOlderVersionIsRefused() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.worker().open(CARRIER_0).drain();
    sink.postgres.execute("UPDATE ccw.carrier_claims SET riffle_generation = 1");
    sink.putCarrier(1, 7, 200, 2, 2);
    List<String> before = sink.rows(PHYSICAL);

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.rows(PHYSICAL)).isEqualTo(before);
    assertThat(sink.rows("SELECT line_num FROM ccw.carrier_claim_lines")).containsExactly("1");
    assertThat(totals()).isEqualTo("1|1|0|2");
  }

  @Test
  void theGenerationOfATopicRanksAboveItsOffset() {
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.putCarrier(1, 7, 200, 2, 1);
    TopicPartition next = new TopicPartition(CARRIER_0.topic() + ".g2", 0);
    sink.putCarrier(next, 1, 7, 300, 2, 1);
    sink.worker().open(CARRIER_0).drain();

    sink.worker().open(next).drain();

    assertThat(
            sink.rows(
                "SELECT clm_pmt_amt, riffle_generation, riffle_offset FROM ccw.carrier_claims"))
        .containsExactly("3.00|2|0");
  }

  @Test
  void aReplayOfTheWholeTopicChangesNothing() {
    for (int i = 0; i < 200; i++) {
      sink.putCarrier(1, i % 50, 100 + i, i, 1 + i % 3);
    }
    sink.deleteCarrier(1, 3);
    sink.putCarrier(1, 4, 1, 1, 1);
    sink.worker().atOnce(30).open(CARRIER_0).drain();
    List<String> rows = sink.rows(PHYSICAL);
    List<String> lines = sink.rows(PHYSICAL_LINES);
    String totals = totals();

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().atOnce(7).open(CARRIER_0).drain();

    assertThat(sink.rows(PHYSICAL)).isEqualTo(rows).hasSize(49);
    assertThat(sink.rows(PHYSICAL_LINES)).isEqualTo(lines);
    assertThat(totals()).isEqualTo(totals).isEqualTo("202|0|0|202");
  }

  @Test
  void afterADeleteAnOlderPutIsRefusedAndANewerOneTaken() {
    sink.putCarrier(1, 7, 100, 1, 2);
    sink.worker().open(CARRIER_0).drain();
    sink.deleteCarrier(1, 7);
    sink.worker().open(CARRIER_0).drain();
    assertThat(sink.rows(PHYSICAL)).isEmpty();
    assertThat(sink.rows(PHYSICAL_LINES)).isEmpty();
    assertThat(sink.row("SELECT type, key, generation, \"offset\" FROM riffle.deleted_keys"))
        .isEqualTo("CARRIER|7|0|1");

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().atOnce(1).open(CARRIER_0).drain();
    assertThat(sink.rows(PHYSICAL)).isEmpty();

    sink.putCarrier(1, 7, 300, 1, 2);
    sink.worker().open(CARRIER_0).drain();
    assertThat(sink.rows(AMOUNTS)).containsExactly("7|3.00");
    assertThat(sink.rows("SELECT * FROM riffle.deleted_keys")).isEmpty();
  }

  @Test
  void aDeleteOfAKeyThatWasNeverSeenIsRemembered() {
    sink.deleteCarrier(1, 8);

    sink.worker().open(CARRIER_0).drain();

    assertThat(sink.row("SELECT key FROM riffle.deleted_keys")).isEqualTo("8");
    assertThat(totals()).isEqualTo("1|0|0|1");
  }

  @Test
  void anOlderDeleteLeavesTheRow() {
    sink.deleteCarrier(1, 7);
    sink.putCarrier(1, 7, 100, 1, 1);
    sink.worker().open(CARRIER_0).drain();

    sink.postgres.execute("UPDATE riffle.sink_offsets SET next = 0");
    sink.worker().atOnce(1).open(CARRIER_0).drain();

    assertThat(sink.rows(AMOUNTS)).containsExactly("7|1.00");
    assertThat(sink.rows("SELECT * FROM riffle.deleted_keys")).isEmpty();
  }

  @Test
  void linesStayAsTheyAreWhereTheirHashIsEqual() {
    sink.putCarrier(1, 7, 100, 11, 3);
    sink.putCarrier(1, 8, 100, 22, 3);
    sink.worker().open(CARRIER_0).drain();
    List<String> before = sink.rows(PHYSICAL_LINES);

    sink.putCarrier(1, 7, 200, 11, 3);
    sink.putCarrier(1, 8, 200, 23, 2);
    sink.worker().open(CARRIER_0).drain();

    List<String> after = sink.rows(PHYSICAL_LINES);
    assertThat(sink.rows(AMOUNTS)).containsExactly("7|2.00", "8|2.00");
    assertThat(after.subList(0, 3)).isEqualTo(before.subList(0, 3));
    assertThat(after.subList(3, after.size())).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  private String totals() {
    return sink.row(
        "SELECT sum(applied), sum(older), sum(rejected), max(counted_to) FROM riffle.sink_totals");
  }
}
