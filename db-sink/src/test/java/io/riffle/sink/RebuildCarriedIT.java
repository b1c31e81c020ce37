package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER;
import static io.riffle.sink.SinkFixture.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sink.rebuild.Rebuild;
import io.riffle.sink.rebuild.RebuildException;
import io.riffle.sink.rebuild.SwapHook;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What belongs to a table is on the new one, too; what cannot be is refused by its name. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@Tag("full")
@Tag("stack")
class RebuildCarriedIT {
  /** Everything that an operator may have added. */
  private static final String PROPERTIES =
      """
      CREATE ROLE owner_$; CREATE ROLE reader_$; CREATE ROLE third_$;
      GRANT USAGE, CREATE ON SCHEMA ccw TO owner_$, reader_$, third_$;
      ALTER TABLE ccw.carrier_claims OWNER TO owner_$;
      GRANT SELECT ON ccw.carrier_claims TO reader_$ WITH GRANT OPTION;
      SET ROLE reader_$; GRANT SELECT ON ccw.carrier_claims TO third_$; RESET ROLE;
      GRANT SELECT (clm_id, line_num), UPDATE (tax_num) ON ccw.carrier_claim_lines TO reader_$;
      GRANT SELECT, MAINTAIN ON ccw.carrier_claim_lines TO PUBLIC;
      REVOKE TRUNCATE ON ccw.carrier_claims FROM owner_$;
      ALTER TABLE ccw.carrier_claims
        ADD COLUMN cents numeric GENERATED ALWAYS AS (clm_pmt_amt * 100) STORED,
        ADD CONSTRAINT no_zero CHECK (clm_id <> 0),
        ADD CONSTRAINT late UNIQUE (riffle_offset, clm_id) DEFERRABLE INITIALLY DEFERRED,
        SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05, toast.vacuum_truncate = false),
        ALTER COLUMN carr_num SET STATISTICS 200, ALTER COLUMN carr_num SET (n_distinct = 5),
        ALTER COLUMN clm_disp_cd SET STORAGE EXTERNAL, ALTER COLUMN clm_disp_cd SET COMPRESSION pglz;
      CREATE TABLE ccw.carriers (num varchar(5) PRIMARY KEY);
      INSERT INTO ccw.carriers VALUES ('A');
      ALTER TABLE ccw.carrier_claims
        ADD CONSTRAINT known_carrier FOREIGN KEY (carr_num) REFERENCES ccw.carriers;
      ALTER TABLE ccw.carrier_claim_lines ADD CONSTRAINT of_claim
        FOREIGN KEY (clm_id) REFERENCES ccw.carrier_claims (clm_id) ON DELETE CASCADE;
      CREATE INDEX "Odd ON ccw name" ON ccw.carrier_claims (upper(carr_num)) INCLUDE (clm_id)
        WHERE clm_id > 1;
      ALTER INDEX ccw."Odd ON ccw name" ALTER COLUMN 1 SET STATISTICS 77;
      CREATE INDEX hashed ON ccw.carrier_claim_lines USING hash (clm_id) WITH (fillfactor = 50);
      ALTER TABLE ccw.carrier_claims CLUSTER ON carrier_claims_bene_id_clm_id_idx,
        REPLICA IDENTITY USING INDEX carrier_claims_pkey;
      ALTER TABLE ccw.carrier_claim_lines REPLICA IDENTITY FULL, ENABLE ROW LEVEL SECURITY;
      CREATE POLICY some_lines ON ccw.carrier_claim_lines AS RESTRICTIVE FOR SELECT TO reader_$, PUBLIC
        USING (EXISTS (SELECT FROM ccw.carrier_claims c WHERE c.clm_id = carrier_claim_lines.clm_id));
      CREATE STATISTICS ccw.together (ndistinct) ON carr_num, clm_disp_cd FROM ccw.carrier_claims;
      ALTER STATISTICS ccw.together SET STATISTICS 50;
      CREATE FUNCTION ccw.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE TRIGGER off AFTER UPDATE ON ccw.carrier_claims FOR EACH ROW
        WHEN (OLD.carr_num <> NEW.carr_num) EXECUTE FUNCTION ccw.nothing();
      ALTER TABLE ccw.carrier_claims DISABLE TRIGGER off;
      CREATE TRIGGER always AFTER DELETE ON ccw.carrier_claim_lines EXECUTE FUNCTION ccw.nothing();
      ALTER TABLE ccw.carrier_claim_lines ENABLE ALWAYS TRIGGER always;
      CREATE PUBLICATION a_part FOR TABLE ccw.carrier_claims (clm_id, bene_id) WHERE (clm_id > 3),
        ccw.carrier_claim_lines;
      CREATE VIEW ccw.both_ AS SELECT c.clm_id, l.line_num FROM ccw.carrier_claims c
        LEFT JOIN ccw.carrier_claim_lines l USING (clm_id);
      CREATE VIEW ccw.guarded WITH (security_barrier = true) AS
        SELECT clm_id, carr_num FROM ccw.carrier_claims WHERE clm_id > 1 WITH LOCAL CHECK OPTION;
      CREATE VIEW ccw.upon AS SELECT count(*) FROM ccw.both_;
      CREATE MATERIALIZED VIEW ccw.upon_that AS SELECT * FROM ccw.upon;
      GRANT SELECT ON ccw.guarded TO reader_$;
      ALTER VIEW ccw.guarded OWNER TO owner_$;
      CREATE SEQUENCE ccw.owned;
      ALTER SEQUENCE ccw.owned OWNER TO owner_$;
      ALTER SEQUENCE ccw.owned OWNED BY ccw.carrier_claims.clm_grp_id;
      COMMENT ON TABLE ccw.carrier_claims IS 'claims '' of carriers';
      COMMENT ON COLUMN ccw.carrier_claims.carr_num IS 'a carrier';
      COMMENT ON INDEX ccw.carrier_claims_pkey IS 'a key';
      COMMENT ON CONSTRAINT of_claim ON ccw.carrier_claim_lines IS 'a claim';
      COMMENT ON CONSTRAINT no_zero ON ccw.carrier_claims IS 'never';
      COMMENT ON TRIGGER off ON ccw.carrier_claims IS 'not now';
      COMMENT ON POLICY some_lines ON ccw.carrier_claim_lines IS 'some';
      COMMENT ON STATISTICS ccw.together IS 'both';
      """;

  private final RebuildFixture riffle;
  private final SinkFixture sink;

  RebuildCarriedIT(TestPostgres postgres, TestKafka kafka) {
    riffle = new RebuildFixture(postgres, kafka);
    sink = riffle.sink;
  }

  @AfterEach
  void close() {
    riffle.close();
  }

  @Test
  void everythingThatBelongsToTheTablesIsOnTheNewOnes() throws Exception {
    String role = UUID.randomUUID().toString().substring(0, 8);
    sink.postgres.execute(PROPERTIES.replace("$", role));
    TopicPartition topic = riffle.topic(CARRIER, 1).get(0);
    for (long key = 1; key <= 20; key++) {
      sink.putCarrier(topic, 1, key, key, 2, 2);
    }
    riffle.publish();
    TestWorker worker = riffle.worker().open(topic).drain();
    List<String> catalog = CatalogSnapshot.of(sink);
    List<String> upon = sink.rows("SELECT * FROM ccw.upon");
    String tableId = sink.row("SELECT 'ccw.carrier_claims'::regclass::oid");

    Rebuild rebuild = riffle.rebuild(1, CARRIER);
    assertThat(riffle.obstacles(CARRIER)).isEmpty();
    rebuild.run(RebuildFixture::silent, SwapHook.NONE);

    assertThat(CatalogSnapshot.of(sink)).containsExactlyElementsOf(catalog);
    assertThat(sink.row("SELECT 'ccw.carrier_claims'::regclass::oid")).isNotEqualTo(tableId);
    sink.putCarrier(topic, 1, 21, 1, 2, 2);
    worker.drain();
    assertThat(upon).containsExactly("40");
    assertThat(sink.rows("SELECT * FROM ccw.upon")).containsExactly("42");
    assertThat(sink.rows("SELECT 1 FROM pg_stats_ext WHERE statistics_name = 'together'"))
        .hasSize(1);
    rebuild.drop();
    assertThat(CatalogSnapshot.of(sink)).containsExactlyElementsOf(catalog);
  }

  @Test
  void theTablesOfPersonsKeepTriggerAndSequence() throws Exception {
    TopicPartition topic = riffle.topic(PERSON, 1).get(0);
    riffle.worker().open(topic).drain();
    List<String> catalog = CatalogSnapshot.of(sink);

    Rebuild rebuild = riffle.rebuild(1, PERSON);
    rebuild.run(RebuildFixture::silent, SwapHook.NONE);
    rebuild.drop();

    assertThat(CatalogSnapshot.of(sink)).containsExactlyElementsOf(catalog);
  }

  @Test
  void whatCannotBeCarriedIsRefusedByItsName() throws Exception {
    TopicPartition topic = riffle.topic(CARRIER, 1).get(0);
    riffle.worker().open(topic).drain();
    refused(
        "CREATE MATERIALIZED VIEW ccw.m AS SELECT clm_id FROM ccw.carrier_claims",
        "rule _RETURN on materialized view ccw.m",
        "DROP MATERIALIZED VIEW ccw.m");
    refused(
        "CREATE TABLE ccw.other (clm_id bigint REFERENCES ccw.carrier_claims)",
        "constraint other_clm_id_fkey on table ccw.other",
        "DROP TABLE ccw.other");
    refused(
        "CREATE TABLE ccw.other () INHERITS (ccw.carrier_claim_lines)",
        "ccw.carrier_claim_lines inherits or is inherited from",
        "DROP TABLE ccw.other");
    refused(
        "CREATE FUNCTION ccw.f() RETURNS SETOF ccw.carrier_claims LANGUAGE sql"
            + " AS 'SELECT * FROM ccw.carrier_claims'",
        "function ccw.f()",
        "DROP FUNCTION ccw.f");
    refused(
        "CREATE FUNCTION ccw.f() RETURNS bigint LANGUAGE sql"
            + " BEGIN ATOMIC SELECT count(*) FROM ccw.carrier_claims; END",
        "function ccw.f()",
        "DROP FUNCTION ccw.f");
    refused(
        "CREATE RULE r AS ON DELETE TO ccw.carrier_claims DO INSTEAD NOTHING",
        "ccw.carrier_claims has rule r",
        "DROP RULE r ON ccw.carrier_claims");
    refused(
        "CREATE FUNCTION ccw.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
            + "CREATE TRIGGER early BEFORE INSERT ON ccw.carrier_claims FOR EACH ROW"
            + " EXECUTE FUNCTION ccw.f()",
        "ccw.carrier_claims has trigger early",
        "DROP FUNCTION ccw.f CASCADE");
    refused(
        "ALTER TABLE ccw.carrier_claim_lines ADD COLUMN note text",
        "ccw.carrier_claim_lines has column note, whose values are on no topic",
        "ALTER TABLE ccw.carrier_claim_lines DROP COLUMN note");
    refused(
        "CREATE PUBLICATION everything FOR ALL TABLES",
        "publication everything publishes all tables",
        "DROP PUBLICATION everything");
    assertThat(riffle.obstacles(CARRIER)).isEmpty();
  }

  private void refused(String obstacle, String named, String undo) throws Exception {
    sink.postgres.execute(obstacle);
    Rebuild rebuild = riffle.rebuild(1, CARRIER);
    assertThat(riffle.obstacles(CARRIER)).anyMatch(text -> text.contains(named));
    assertThatThrownBy(() -> rebuild.run(RebuildFixture::silent, SwapHook.NONE))
        .isInstanceOf(RebuildException.class)
        .hasMessageContaining(named);
    assertThat(sink.rows("SELECT FROM pg_namespace WHERE nspname LIKE 'riffle\\__%'")).isEmpty();
    sink.postgres.execute(undo);
  }
}
