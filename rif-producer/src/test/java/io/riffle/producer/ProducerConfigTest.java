package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riffle.config.ConfigException;
import io.riffle.config.ConfigProblem;
import io.riffle.config.Secret;
import io.riffle.config.Settings;
import io.riffle.producer.ProducerConfig.Role;
import io.riffle.producer.plan.LoadPolicies;
import io.riffle.producer.plan.LoadPolicy;
import io.riffle.producer.plan.RejectLimit;
import io.riffle.producer.rif.UnknownColumns;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key names and defaults are public: a change here is an entry in the changelog. */
final class ProducerConfigTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "kafka.bootstrap-servers", "localhost:9092",
          "registry.url", "http://localhost:8081/apis/ccompat/v7",
          "s3.bucket", "data",
          "database.url", "jdbc:postgresql://localhost/riffle",
          "database.user", "riffle",
          "hash.pepper", "00ffAB",
          "hash.iterations", "1000");

  @Test
  void dearerHashesMakeSmallerSplits() {
    Map<String, String> dear = new HashMap<>(LEAST);
    dear.put("hash.iterations", "100000");
    assertThat(hashes(dear)).isEqualTo(10);
    dear.put("hash.iterations", "10000000");
    assertThat(hashes(dear)).isEqualTo(1);
    dear.put("split.max-hashes", "7");
    assertThat(hashes(dear)).isEqualTo(7);
  }

  private static long hashes(Map<String, String> settings) {
    return Settings.of(settings).build(ProducerConfig::from).plan().splits().hashes();
  }

  @Test
  void hasDefaultsForAllButAddresses() {
    ProducerConfig config = Settings.of(LEAST).build(ProducerConfig::from);

    assertThat(config.topics().set()).isEqualTo("main");
    assertThat(config.roles()).containsExactlyInAnyOrder(Role.SCANNER, Role.WORKER);
    assertThat(config.database().tablesSchema()).isEqualTo("ccw");
    assertThat(config.scan().sources().places())
        .extracting(place -> place.feed().prefix())
        .startsWith("Incoming/", "Synthetic/Incoming/");
    assertThat(config.scan().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.scan().window()).isEqualTo(Duration.ofDays(60));
    assertThat(config.scan().unlistedAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(config.plan().policies().of("CARRIER"))
        .isEqualTo(new LoadPolicy(Optional.empty(), UnknownColumns.REJECT, false));
    assertThat(config.plan().splits().bytes()).isEqualTo(16 << 20);
    assertThat(config.plan().splits().rows()).isEqualTo(50_000);
    assertThat(config.plan().splits().hashes()).isEqualTo(1_000);
    assertThat(config.plan().gzip().maxRatio()).isEqualTo(200);
    assertThat(config.worker().threads()).isEqualTo(2);
    assertThat(config.worker().instance()).isEmpty();
    assertThat(config.hash().pepper()).isEqualTo(Secret.of("00ffAB"));
    assertThat(config.hash().iterations()).isEqualTo(1000);
    assertThat(config.hash().cacheSize()).isEqualTo(50_000);
    assertThat(config.kafka().transactionTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.s3().pathStyle()).isFalse();
    assertThat(config.s3().region()).isEqualTo("us-east-1");
    assertThat(config.metrics().listen()).isEmpty();
  }

  @Test
  void passesKafkaSettingsOn() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("kafka.security.protocol", "SASL_SSL");
    values.put("kafka.consumer.session.timeout.ms", "10000");
    values.put("kafka.producer.linger.ms", "5");

    ProducerConfig config = Settings.of(values).build(ProducerConfig::from);

    assertThat(config.kafka().common()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
    assertThat(config.kafka().consumer()).containsEntry("session.timeout.ms", "10000");
    assertThat(config.kafka().producer()).containsEntry("linger.ms", "5");
  }

  @Test
  void hasOnePolicyForAllTypesAndOthersForSome() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("max-rejects", "1%");
    values.put("max-rejects.carrier", "100");
    values.put("max-rejects.beneficiary_history", "none");
    values.put("unknown-columns.carrier", "ignore");
    values.put("require-checksum", "true");
    values.put("require-checksum.pde", "false");

    LoadPolicies policies = Settings.of(values).build(ProducerConfig::from).plan().policies();

    Optional<RejectLimit> percent = Optional.of(RejectLimit.parse("1%"));
    LoadPolicy usual = new LoadPolicy(percent, UnknownColumns.REJECT, true);
    assertThat(policies.usual()).isEqualTo(usual);
    assertThat(policies.of("SNF")).isEqualTo(usual);
    assertThat(policies.of("CARRIER"))
        .isEqualTo(
            new LoadPolicy(Optional.of(RejectLimit.parse("100")), UnknownColumns.IGNORE, true));
    assertThat(policies.of("BENEFICIARY_HISTORY").maxRejects()).isEmpty();
    assertThat(policies.of("PDE")).isEqualTo(new LoadPolicy(percent, UnknownColumns.REJECT, false));
  }

  @Test
  void namesEveryProblemOfThePolicies() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("max-rejects", "few");
    values.put("max-rejects.pde", "101%");
    values.put("max-rejects.part_d", "1");
    values.put("unknown-columns.snf", "keep");
    values.put("require-checksum.hha", "perhaps");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.of(values).build(ProducerConfig::from))
        .withMessageContaining("max-rejects.pde = 101%: must be none, a count such as 100")
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::key)
                    .containsExactlyInAnyOrder(
                        "max-rejects",
                        "max-rejects.pde",
                        "max-rejects.part_d",
                        "unknown-columns.snf",
                        "require-checksum.hha"));
  }

  @Test
  void refusesAVariableForATypeThatDoesNotExist() {
    Map<String, String> environment = new HashMap<>();
    LEAST.forEach((key, value) -> environment.put(variable(key), value));
    environment.put("RIFFLE_MAX_REJECTS", "1%");
    environment.put("RIFFLE_MAX_REJECTS_BENEFICIARY_HISTORY", "none");
    environment.put("RIFFLE_MAX_REJECTS_PDQ", "100");
    environment.put("RIFFLE_REQUIRE_CHECKSUM_CARIER", "true");
    environment.put("RIFFLE_UNKNOWN_COLUMNS_XYZ", " ");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.load(environment).build(ProducerConfig::from))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::key)
                    .containsExactlyInAnyOrder(
                        "RIFFLE_MAX_REJECTS_PDQ", "RIFFLE_REQUIRE_CHECKSUM_CARIER"));
  }

  private static String variable(String key) {
    return "RIFFLE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  @Test
  void namesAllProblemsAtOnce() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.remove("s3.bucket");
    values.remove("database.url");
    values.remove("hash.iterations");
    values.put("hash.pepper", "abc");
    values.put("set", "Main");
    values.put("producer.roles", "scanner,dancer");
    values.put("scan.interval", "soon");
    values.put("scan.unlisted-after", "0s");
    values.put("tables-schema", "ccw; DROP");
    values.put("tipo", "1");
    values.put("metrics.listen", "9404");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.of(values).build(ProducerConfig::from))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::key)
                    .contains(
                        "s3.bucket",
                        "database.url",
                        "hash.pepper",
                        "hash.iterations",
                        "set",
                        "producer.roles",
                        "scan.interval",
                        "scan.unlisted-after",
                        "metrics.listen",
                        "tables-schema"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "no hex!!", "0x00"})
  void refusesAPepperThatIsNoHexadecimalWithoutShowingIt(String pepper) {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("hash.pepper", pepper);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.of(values).build(ProducerConfig::from))
        .withMessageContaining("hash.pepper = ***: must be hexadecimal digits")
        .withMessageNotContaining(pepper);
  }

  @Test
  void needsPepperAndIterations() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.remove("hash.pepper");
    values.remove("hash.iterations");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.of(values).build(ProducerConfig::from))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(ConfigProblem::key)
                    .containsExactly("hash.iterations", "hash.pepper"));
  }

  @Test
  void hashesAtLeastOnce() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("hash.iterations", "0");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Settings.of(values).build(ProducerConfig::from))
        .withMessageContaining("hash.iterations = 0: must be a whole number from 1");
  }
}
