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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit of rejects decides about loads of whole files, and never about redrives. */
@Tag("full")
@Tag("sources")
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
final class RedriveLimitIT {

  private static final String NAME = "pde.csv";
  private static final String LIMIT = "max-rejects.pde";

  private final ProducerStack stack;
  private RifProducer producer;

  RedriveLimitIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    stack = new ProducerStack(kafka, postgres, s3, registry);
    stack.put(
        "Incoming/" + ProducerStack.instant(2) + "/" + NAME,
        RifRows.full("PDE")
            .records(-1, -4)
            .row(-5, Map.of("SRVC_DT", "31-FEB-2020"))
            .records(-6, -34)
            .text());
    stack.putManifest(ProducerStack.instant(2), 0, NAME, "PDE");
  }

  @AfterEach
  void end() {
    assertThat(producer.end()).isZero();
  }

  /** One of 34 is bad in the file, at the limit; the sink refused two more, as it may. */
  @ParameterizedTest
  @ValueSource(strings = {"3%", "1", "0"})
  void aRedriveIsNotHeldAgainstTheLimit(String atTheRedrive) {
    start("3%");
    stack.awaitPublished(NAME);
    rejected(1, "PRODUCER", 5);
    rejected(1, "SINK", 17);
    rejected(1, "SINK", 30);
    stack.complete(NAME);
    producer.end();

    start(atTheRedrive);
    assertThat(redrive()).containsExactly("1|1|null", "2|1|null", "3|1|null");
    awaitBarriers(2);
    rejected(2, "PRODUCER", 5);
    stack.complete(NAME);

    assertThat(onTopic(1)).isEqualTo(33);
    assertThat(onTopic(2)).as("the two good ones, once").isEqualTo(2);
    assertThat(attempts())
        .as("each attempt has the counts of its own records, the load still those of all")
        .containsExactly("1|LOAD|35|34|33|1", "2|REDRIVE|4|3|2|1");
    assertThat(rejects())
        .containsExactly("1/5 SUPERSEDED", "1/17 REDRIVEN", "1/30 REDRIVEN", "2/5 OPEN");
    assertThat(stack.file(NAME)).isEqualTo("COMPLETED_WITH_REJECTS|null|null");
  }

  @Test
  void aFileOverTheLimitHasNothingToRedrive() {
    start("0");
    stack.awaitFile(NAME, "REJECTED|TOO_MANY_REJECTS|");

    assertThat(stack.query("SELECT count(*) FROM riffle.rejects")).containsExactly("0");
    assertThat(stack.query("SELECT * FROM riffle.redrive_rejects(ARRAY[1, 2]::bigint[], 'test')"))
        .containsExactly("1|null|there is no such reject", "2|null|there is no such reject");
    assertThat(stack.query("SELECT * FROM riffle.redrive_rejects(ARRAY[]::bigint[], 'test')"))
        .isEmpty();
    assertThat(stack.query("SELECT count(*) FROM riffle.redrives")).containsExactly("0");
  }

  /** What its older load rejected waits until the whole file may be loaded again. */
  @Test
  void aFileThatALoweredLimitRejectsIsNotRedriven() {
    start("none");
    stack.awaitPublished(NAME);
    rejected(1, "PRODUCER", 5);
    stack.complete(NAME);
    producer.end();

    start("0");
    stack.execute("SELECT riffle.change_file_state(file_id, 'DISCOVERED') FROM riffle.files");
    stack.awaitFile(NAME, "REJECTED|TOO_MANY_REJECTS|");

    assertThat(redrive()).containsExactly("1|null|its file is REJECTED");
    assertThat(rejects()).containsExactly("1/5 OPEN");
    assertThat(attempts()).hasSize(1);
    assertThat(onTopic(1)).isEqualTo(33);
  }

  private void start(String limit) {
    producer = stack.start(Map.of(LIMIT, limit, "split.max-rows", "7"));
  }

  /** As the sink writes it down. */
  private void rejected(int attempt, String stage, int record) {
    stack.execute(
        "INSERT INTO riffle.rejects (file_id, attempt, type, stage, record, line, rows, at, reason,"
            + " topic, partition, \"offset\") SELECT 1, %1$d, 'PDE', '%2$s', %3$d, %3$d + 1, 1, %3$d + 1,"
                .formatted(attempt, stage, record)
            + " 'NOT_A_DATE', 'any', %d, %d".formatted(attempt, record));
  }

  private List<String> redrive() {
    return stack.query(
        "SELECT r.* FROM riffle.redrive_rejects((SELECT array_agg(reject_id) FROM riffle.rejects),"
            + " 'test') r");
  }

  private void awaitBarriers(int attempt) {
    await("barriers of attempt " + attempt)
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                stack.kafka().readAll(stack.topics().progress()).stream()
                    .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .anyMatch(key -> key.equals("barriers/1/" + attempt)));
  }

  private long onTopic(int attempt) {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get("PDE")))
        .data.stream().filter(found -> found.origin().attempt() == attempt).count();
  }

  private List<String> attempts() {
    return stack.query(
        "SELECT attempt, cause, lines, records, published_records, rejected_by_producer"
            + " FROM riffle.file_attempts ORDER BY attempt");
  }

  private List<String> rejects() {
    return stack.query(
        "SELECT attempt || '/' || record || ' ' || status FROM riffle.rejects ORDER BY reject_id");
  }
}
