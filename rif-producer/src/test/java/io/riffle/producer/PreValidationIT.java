package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A synthetic set whose ids are in the tables loads nothing and blocks nobody. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PreValidationIT {

  private ProducerStack stack;
  private RifProducer producer;
  private TableRows tables;
  private SyntheticSets sets;
  private int files;

  @BeforeAll
  void start(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    stack = new ProducerStack(kafka, postgres, s3, registry);
    tables = new TableRows(stack);
    sets = new SyntheticSets(stack);
    producer = stack.start(Map.of());
  }

  @AfterEach
  void clear() {
    tables.clear();
  }

  @AfterAll
  void end() {
    assertThat(producer.end()).isZero();
  }

  @ParameterizedTest
  @Tag("full")
  @Tag("sources")
  @CsvSource({
    "BENE_ID,             beneficiaries,     bene_id,             -1000,          bene_id, -1000",
    "BENE_ID,             beneficiaries,     bene_id,             -1009,          bene_id, -1009",
    "CARR_CLM_CNTL_NUM,   carrier_claims,    carr_clm_cntl_num,   '''-700''',     clm_id,  -1100",
    "CARR_CLM_CNTL_NUM,   carrier_claims,    carr_clm_cntl_num,   '''-10''',      clm_id,  -9999",
    "CLM_GRP_ID,          carrier_claims,    clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          dme_claims,        clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          hha_claims,        clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          hospice_claims,    clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          inpatient_claims,  clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          outpatient_claims, clm_grp_id,          -500,           clm_id,  -1",
    "CLM_GRP_ID,          snf_claims,        clm_grp_id,          -99999831002,   clm_id,  -1",
    "CLM_GRP_ID,          partd_events,      clm_grp_id,          -500,           pde_id,  -1",
    "PDE_ID,              partd_events,      pde_id,              -6000,          pde_id,  -6000",
    "HICN,                beneficiaries,     hicn_unhashed,       '''T00000900A''', bene_id, -1",
    "MBI,                 beneficiaries,     mbi_num,             '''1S00A00AA00''', bene_id, 1",
    "FI_DOC_CLM_CNTL_NUM, hha_claims,        fi_doc_clm_cntl_num, '''-800''',     clm_id,  -1",
    "FI_DOC_CLM_CNTL_NUM, hospice_claims,    fi_doc_clm_cntl_num, '''-800''',     clm_id,  -1",
    "FI_DOC_CLM_CNTL_NUM, inpatient_claims,  fi_doc_clm_cntl_num, '''-800''',     clm_id,  -1",
    "FI_DOC_CLM_CNTL_NUM, outpatient_claims, fi_doc_clm_cntl_num, '''-800''',     clm_id,  -1",
    "FI_DOC_CLM_CNTL_NUM, snf_claims,        fi_doc_clm_cntl_num, '''-800''',     clm_id,  -1"
  })
  void eachCheckAloneRejects(
      String check, String table, String column, String value, String key, String keyValue) {
    Map<String, String> row = new HashMap<>(Map.of(key, keyValue));
    row.put(column, value);
    tables.add(table, row);

    String file = put(SyntheticSets.CLAIMED);

    stack.awaitFile(file, "REJECTED|PRE_VALIDATION|");
    assertThat(stack.file(file))
        .endsWith(
            "0_manifest.xml: ids of this synthetic set are in use: " + check + " in " + table);
  }

  @Test
  void twoSharedMbisRejectAndOneDoesNot() {
    share("A", -1);
    String one = put(SyntheticSets.CLAIMED);
    stack.complete(one);
    share("B", -10);

    String two = put(SyntheticSets.CLAIMED);

    stack.awaitFile(two, "REJECTED|PRE_VALIDATION|");
    assertThat(stack.file(two)).endsWith(": SHARED_MBI in beneficiaries_history");
  }

  @Test
  void rowsBesideTheRangesLetASetPass() {
    tables.add("beneficiaries", Map.of("bene_id", "-1010"));
    tables.add("beneficiaries", Map.of("bene_id", "-999", "hicn_unhashed", "'T00000901A'"));
    tables.add("carrier_claims", Map.of("clm_id", "-1099", "carr_clm_cntl_num", "'-700'"));
    tables.add("carrier_claims", Map.of("clm_id", "-1100", "carr_clm_cntl_num", "'-8'"));
    tables.add("snf_claims", Map.of("clm_id", "-1", "clm_grp_id", "-499"));
    tables.add("dme_claims", Map.of("clm_id", "-1", "clm_grp_id", "-99999831003"));
    tables.add("partd_events", Map.of("pde_id", "-5999"));
    tables.add("hha_claims", Map.of("clm_id", "-1", "fi_doc_clm_cntl_num", "'-801'"));

    String file = put(SyntheticSets.CLAIMED);

    stack.complete(file);
    assertThat(
            stack.query(
                "SELECT outcome FROM riffle.synthetic_sets JOIN riffle.files USING (manifest_id) WHERE file_name = '%s'"
                    .formatted(file)))
        .containsExactly("PASSED");
  }

  @Test
  void aRejectedSetLoadsNothingAndBlocksNobody() {
    tables.add("beneficiaries", Map.of("bene_id", "-1005", "mbi_num", "'1S00A00AA00'"));

    String rejected = newFile();
    String manifest = sets.put(rejected, SyntheticSets.CLAIMED);
    String next =
        put(
            SyntheticSets.claimedBut(
                Map.of(
                    "bene_id_start", "-2000", "bene_id_end", "-2010", "mbi_start", "1S01A00AA00")));

    stack.complete(next);
    String detail =
        "0_manifest.xml: ids of this synthetic set are in use: BENE_ID in beneficiaries, MBI in beneficiaries";
    assertThat(stack.file(rejected)).isEqualTo("REJECTED|PRE_VALIDATION|" + detail);
    assertThat(stack.manifest(manifest)).isEqualTo("REJECTED|PRE_VALIDATION|" + detail);
    assertThat(
            stack.query(
                "SELECT m.status, d.status FROM claims.s3_manifest_files m JOIN claims.s3_data_files d USING (manifest_id) WHERE file_name = '%s'"
                    .formatted(rejected)))
        .containsExactly("REJECTED|DISCOVERED");
    long file = fileId(rejected);
    assertThat(new RawTopic(stack, stack.topics().rif(Layouts.load().get("PDE"))).data)
        .isNotEmpty()
        .noneMatch(found -> found.origin().file() == file);
  }

  /** A set is no less checked for what is left out of it, nor when it is taken up again. */
  @Test
  void aSetWhoseMissingFileIsSkippedIsCheckedAndCheckedAgain() {
    tables.add("beneficiaries", Map.of("bene_id", "-1005"));
    String file = newFile();
    String missing = newFile();
    sets.put(file, SyntheticSets.CLAIMED, missing);
    stack.awaitFile(missing, "WAITING|null|");

    stack.execute("SELECT riffle.skip_files('{%d}', 'lost')".formatted(fileId(missing)));

    stack.awaitFile(file, "REJECTED|PRE_VALIDATION|");
    tables.clear();
    stack.execute("SELECT riffle.retry_files('{%d}', '{PDE}')".formatted(fileId(file)));
    stack.complete(file);
    assertThat(stack.file(missing)).isEqualTo("SKIPPED|BY_OPERATOR|lost");
  }

  @ParameterizedTest
  @Tag("full")
  @Tag("sources")
  @CsvSource({
    "clm_grp_id_start",
    "pde_id_start",
    "carr_clm_cntl_num_start",
    "bene_id_start",
    "clm_id_start",
    "bene_id_end"
  })
  void aZeroNumberSwitchesTheNumberChecksOff(String zero) {
    tables.add("beneficiaries", Map.of("bene_id", "-1005"));
    tables.add("carrier_claims", Map.of("clm_id", "-9999", "carr_clm_cntl_num", "'-700'"));
    tables.add("partd_events", Map.of("pde_id", "-6000", "clm_grp_id", "-500"));
    tables.add("snf_claims", Map.of("clm_id", "-1", "clm_grp_id", "-500"));

    String passes = put(SyntheticSets.claimedBut(Map.of(zero, "0")));
    stack.complete(passes);

    tables.add("hha_claims", Map.of("clm_id", "-1", "fi_doc_clm_cntl_num", "'-800'"));
    String rejected = put(SyntheticSets.claimedBut(Map.of(zero, "0")));
    stack.awaitFile(rejected, "REJECTED|PRE_VALIDATION|");
    assertThat(stack.file(rejected)).endsWith(": FI_DOC_CLM_CNTL_NUM in hha_claims");
  }

  @Test
  void aSetIsJudgedWhenTheOneBeforeIsInTheTables() {
    String first = newFile();
    String before = sets.put(first, SyntheticSets.CLAIMED);
    stack.awaitPublished(first);
    String second = put(SyntheticSets.CLAIMED);
    String third = put(SyntheticSets.CLAIMED);

    stack.awaitFile(
        third,
        "WAITING|PRE_VALIDATION|waits for its pre-validation until " + before + " is loaded");
    stack.awaitFile(second, "WAITING|PRE_VALIDATION|waits for its pre-validation until " + before);
    String real = newFile();
    String instant = ProducerStack.instant(2);
    stack.put("Incoming/" + instant + "/" + real, RifRows.full("PDE").records(-1, -2).text());
    stack.putManifest(instant, 0, real, "PDE");
    stack.awaitPublished(real);

    tables.add("partd_events", Map.of("pde_id", "-6001"));
    stack.complete(first);

    stack.awaitFile(second, "REJECTED|PRE_VALIDATION|0_manifest.xml: ids of this synthetic set");
    stack.awaitFile(third, "REJECTED|PRE_VALIDATION|0_manifest.xml: ids of this synthetic set");
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void aSetThatWasLoadedIsNotHeldAgainstItsOwnRows() {
    String file = put(SyntheticSets.CLAIMED);
    stack.complete(file);
    tables.add("partd_events", Map.of("pde_id", "-6001"));

    stack.execute("SELECT riffle.change_file_state(%d, 'DISCOVERED')".formatted(fileId(file)));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> stack.query("SELECT attempt FROM riffle.files WHERE file_id = " + fileId(file)),
            attempts -> attempts.contains("2"));
    stack.complete(file);
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void aDatabaseThatEndsTheSearchIsAskedAgain() {
    String file = newFile();
    stack.whileLocked(
        TableRows.in("snf_claims"),
        () -> {
          sets.put(file, SyntheticSets.CLAIMED);
          stack.awaitFile(file, "WAITING|PRE_VALIDATION|its pre-validation runs");
          stack.query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rif-producer' AND datname = current_database()");
        });

    stack.complete(file);
  }

  @Test
  @Tag("full")
  @Tag("sources")
  void aSearchThatTakesTooLongIsEndedAndTriedAgain() {
    restart(Map.of("synthetic.pre-validation-timeout", "1s"));
    String slow = newFile();
    stack.whileLocked(
        TableRows.in("snf_claims"),
        () -> {
          sets.put(slow, SyntheticSets.CLAIMED);
          stack.awaitFile(slow, "WAITING|PRE_VALIDATION|its pre-validation took more than PT1S");
          String real = newFile();
          String instant = ProducerStack.instant(1);
          stack.put("Incoming/" + instant + "/" + real, RifRows.full("PDE").records(-1, -2).text());
          stack.putManifest(instant, 0, real, "PDE");
          stack.awaitPublished(real);
        });

    stack.complete(slow);
    restart(Map.of());
  }

  @Test
  void canBeSwitchedOff() {
    tables.add("beneficiaries", Map.of("bene_id", "-1005"));
    restart(Map.of("synthetic.pre-validation", "false"));

    String file = put(SyntheticSets.CLAIMED);

    stack.complete(file);
    restart(Map.of());
  }

  private void share(String mbi, long bene) {
    for (long other = bene; other > bene - 2; other--) {
      tables.add(
          "beneficiaries_history",
          Map.of(
              "bene_history_id", "" + -other, "bene_id", "" + other, "mbi_num", "'" + mbi + "'"));
    }
  }

  private void restart(Map<String, String> settings) {
    assertThat(producer.end()).isZero();
    producer = stack.start(settings);
  }

  private String put(Map<String, String> claimed) {
    String file = newFile();
    sets.put(file, claimed);
    return file;
  }

  private String newFile() {
    return "pde" + files++ + ".csv";
  }

  private long fileId(String file) {
    return Long.parseLong(
        stack
            .query("SELECT file_id FROM riffle.files WHERE file_name = '%s'".formatted(file))
            .get(0));
  }
}
