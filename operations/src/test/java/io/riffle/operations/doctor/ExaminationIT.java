package io.riffle.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.TopicSetup;
import io.riffle.schemas.topics.Topics;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestS3;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is said of real servers: whole, and with something wrong. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class, S3Extension.class})
class ExaminationIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private final TestKafka kafka;
  private final TestS3 s3;
  private final TestPostgres postgres;
  private final Topics topics;

  ExaminationIT(TestKafka kafka, TestPostgres server, TestS3 s3) {
    this.kafka = kafka;
    this.s3 = s3;
    this.postgres = server.anotherMigrated(Endpoints.TABLES_SCHEMA);
    this.topics = new Topics(kafka.uniqueName("d").replace('-', '_').toLowerCase(Locale.ROOT));
  }

  @BeforeEach
  void setUp() throws Exception {
    List<NewTopic> plan =
        new TopicPlan(topics, Layouts.load(), (short) 1, Duration.ofDays(30).toMillis()).all();
    TopicSetup.createMissing(kafka.admin(), plan);
    await("the broker to know what the controller knows")
        .atMost(Duration.ofSeconds(30))
        .until(() -> kafka.admin().listTopics().names().get().containsAll(names(plan)));
  }

  @Test
  void everythingIsAsItShouldBe() throws Exception {
    assertThat(examine(new KafkaExamination(endpoints()))).allMatch(ExaminationIT::isOk);
    assertThat(examine(new PostgresExamination(endpoints(), Clock.systemUTC())))
        .allMatch(ExaminationIT::isOk)
        .extracting(Finding::text)
        .contains("it has the tables of this build", "the user may read and write all tables");
    assertThat(examine(new S3Examination(endpoints(), Clock.systemUTC())))
        .allMatch(ExaminationIT::isOk);
  }

  @Test
  void topicsThatAreMissingOrChangedAreNamed() throws Exception {
    String missing = topics.parked();
    String compacted = topics.rejects();
    String wide = topics.splits();
    kafka.admin().deleteTopics(List.of(missing)).all().get();
    kafka
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, compacted),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
        .all()
        .get();
    kafka.admin().createPartitions(Map.of(wide, NewPartitions.increaseTo(5))).all().get();

    await("the broker to know")
        .atMost(Duration.ofSeconds(30))
        .until(() -> !kafka.admin().listTopics().names().get().contains(missing));

    assertThat(examine(new KafkaExamination(endpoints())))
        .anySatisfy(found -> assertThat(found.text()).isEqualTo("topic " + missing + " is missing"))
        .anySatisfy(
            found -> {
              assertThat(found.text())
                  .isEqualTo(compacted + " has cleanup.policy=compact, not delete");
              assertThat(found.advice().orElseThrow())
                  .contains("--add-config cleanup.policy=delete");
            })
        .anySatisfy(found -> assertThat(found.text()).isEqualTo(wide + " has 5 partitions, not 4"));
  }

  @Test
  void topicsThatForgetTooSoonOrThatNobodyCanWriteToAreNamed() throws Exception {
    String brief = topics.rejects();
    String small = topics.splits();
    String unsafe = topics.parked();
    set(brief, "retention.ms", "3600000");
    set(small, "retention.bytes", "1000000");
    set(unsafe, "min.insync.replicas", "2");

    assertThat(examine(new KafkaExamination(endpoints())))
        .anySatisfy(
            found -> {
              assertThat(found.text())
                  .startsWith(brief + " has retention.ms=3600000, not 2592000000: ");
              assertThat(found.advice().orElseThrow())
                  .startsWith(
                      "kafka-configs --alter --topic "
                          + brief
                          + " --add-config retention.ms=2592000000");
            })
        .anySatisfy(
            found ->
                assertThat(found.text()).startsWith(small + " has retention.bytes=1000000, not -1"))
        .anySatisfy(
            found -> {
              assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
              assertThat(found.text())
                  .isEqualTo(
                      "nobody can write to "
                          + unsafe
                          + ": min.insync.replicas=2, and it has 1 copy");
              assertThat(found.advice().orElseThrow()).contains("min.insync.replicas=1");
            });
  }

  /** A compacted topic heeds no retention; a longer one does no harm. */
  @Test
  void whatIsKeptLongerOrNotHeededIsAsPlanned() throws Exception {
    set(topics.rejects(), "retention.ms", "-1");
    set(topics.splits(), "retention.ms", "5184000000");
    set(topics.parked(), "retention.ms", "3600000");

    assertThat(examine(new KafkaExamination(endpoints()))).allMatch(ExaminationIT::isOk);
  }

  private void set(String topic, String name, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    kafka.admin().incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    await("the broker to know")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                kafka
                    .admin()
                    .describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(name)
                    .value()
                    .equals(value));
  }

  /** What the advice says is done, and done it heals. */
  @Test
  void rightsThatAreMissingAreToldWithWhatGrantsThem() throws Exception {
    String user = "Weak " + postgres.database();
    postgres.execute("CREATE ROLE \"%s\" LOGIN".formatted(user));

    List<Finding> findings = examine(postgresAs(user));

    assertThat(findings)
        .filteredOn(found -> found.verdict() == Verdict.FAIL)
        .extracting(Finding::text)
        .contains(
            "the user \"%s\" may not use schema ccw".formatted(user),
            "the user \"%s\" may not use schema riffle".formatted(user),
            "the user \"%s\" may not INSERT riffle.activity".formatted(user))
        .anyMatch(
            text -> text.matches(".* may not SELECT, INSERT, UPDATE, DELETE \\d+ tables of .*"))
        .anyMatch(text -> text.matches(".* may not SELECT \\d+ tables of schema riffle"));
    assertThat(findings).extracting(Finding::text).contains("its clock is ours");
    findings.stream()
        .flatMap(found -> found.advice().stream())
        .forEach(advice -> postgres.execute(advice));
    assertThat(examine(postgresAs(user)))
        .allMatch(ExaminationIT::isOk)
        .extracting(Finding::text)
        .contains("it has the tables of this build", "the user may read and write all tables");
  }

  @Test
  void aDatabaseThatTheUserMayNotEnterIsTold() throws Exception {
    String user = "outsider_" + postgres.database();
    postgres.execute("CREATE ROLE %s LOGIN".formatted(user));
    postgres.execute("REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(postgres.database()));

    assertThat(examine(postgresAs(user)))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.text()).contains(user, "permission denied for database");
              assertThat(found.advice().orElseThrow()).contains("GRANT", "CONNECT");
            });
  }

  private PostgresExamination postgresAs(String user) {
    Endpoints all = endpoints();
    return new PostgresExamination(
        new Endpoints(
            all.set(),
            all.jdbcUrl(),
            all.adminJdbcUrl(),
            user,
            "any",
            all.bootstrapServers(),
            NOWHERE,
            all.s3(),
            all.s3Region(),
            all.s3AccessKey(),
            all.s3SecretKey(),
            all.bucket(),
            NOWHERE,
            all.deployment(),
            all.layouts(),
            all.kafka()),
        Clock.systemUTC());
  }

  @Test
  void aDatabaseThatLacksTablesOrRightsIsTold() throws Exception {
    postgres.execute(
        "DELETE FROM riffle.flyway_schema_history WHERE installed_rank ="
            + " (SELECT max(installed_rank) FROM riffle.flyway_schema_history)");

    assertThat(examine(new PostgresExamination(endpoints(), Clock.systemUTC())))
        .extracting(Finding::text)
        .contains("it lacks 1 migrations of this build");
  }

  @Test
  void aServerThatIsAwayIsToldWithWhatToLookAt() throws Exception {
    List<Finding> findings = examine(new RegistryExamination(endpoints(), Clock.systemUTC()));

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(findings.get(0).text()).startsWith("it cannot be connected to: nobody listens");
    assertThat(findings.get(0).advice().orElseThrow()).contains(NOWHERE.toString());
    assertThat(examine(new ConnectExamination(endpoints(), Clock.systemUTC())))
        .extracting(Finding::text)
        .containsExactly(findings.get(0).text());
  }

  @Test
  void aBucketThatIsNotThereIsTold() throws Exception {
    assertThat(examine(new S3Examination(endpoints("no-such-bucket"), Clock.systemUTC())))
        .extracting(Finding::text)
        .containsExactly("there is no bucket no-such-bucket");
  }

  private static List<String> names(List<NewTopic> plan) {
    return plan.stream().map(NewTopic::name).toList();
  }

  private static boolean isOk(Finding finding) {
    return finding.verdict() == Verdict.OK;
  }

  private static List<Finding> examine(Examination examination) throws InterruptedException {
    return new Doctor(List.of(examination), Duration.ofSeconds(60)).examine();
  }

  private Endpoints endpoints() {
    return endpoints(s3.freshBucket());
  }

  private Endpoints endpoints(String bucket) {
    return new Endpoints(
        new SetName(topics.set()),
        postgres.jdbcUrl(),
        postgres.jdbcUrl(),
        postgres.username(),
        postgres.password(),
        kafka.bootstrapServers(),
        NOWHERE,
        s3.endpoint(),
        s3.region().id(),
        s3.accessKey(),
        s3.secretKey(),
        bucket,
        NOWHERE,
        "test",
        Optional.empty(),
        Map.of());
  }
}
