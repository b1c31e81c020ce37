package io.riffle.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.riffle.operations.access.PasswordHash;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The console over a real database and a real broker. */
@ExtendWith({PostgresExtension.class, KafkaExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {
  private final TestPostgres postgres;
  private final TestKafka kafka;
  private final String topic;
  private final String group;
  private RunningConsole console;

  ConsoleIT(TestPostgres server, TestKafka kafka) {
    this.postgres = server.anotherMigrated("ccw");
    this.kafka = kafka;
    this.topic = kafka.uniqueName("pages");
    this.group = kafka.uniqueName("group");
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kafka.createTopic(topic, 2);
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < 10; i++) {
        producer.send(new ProducerRecord<>(topic, 0, null, new byte[10])).get();
      }
    }
    kafka
        .admin()
        .alterConsumerGroupOffsets(
            group,
            Map.of(
                new TopicPartition(topic, 0), new OffsetAndMetadata(3),
                new TopicPartition(topic, 1), new OffsetAndMetadata(0)))
        .all()
        .get();
    console = RunningConsole.start(postgres, kafka, folder);
    await().until(() -> console.server().lag().seen().report().isPresent());
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @AfterAll
  void stop() {
    console.close();
  }

  @Test
  void nobodySeesAnythingWithoutSigningIn() throws Exception {
    console.anew();
    for (String page : List.of("/lag", "/activity", "/lag/group?name=x")) {
      HttpResponse<String> answer = console.get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/sign-in?to=");
      assertThat(answer.body()).doesNotContain(group);
    }
    assertThat(console.get("/api/v1/lag").statusCode()).isEqualTo(401);
    assertThat(console.get("/sign-in").statusCode()).isEqualTo(200);
  }

  @Test
  void aStoppedGroupStaysToBeSeen() throws Exception {
    String lag = console.as("viewer").page("/lag?name=" + group);

    assertThat(lag).contains(group, "STOPPED", "as of ");
    assertThat(console.page("/lag/group?name=" + group))
        .contains(topic, "Messages behind", ">7<", "Partitions of " + topic);
    assertThat(console.page("/lag?state=OK")).doesNotContain(">" + group + "<");
  }

  @Test
  void programsAreToldTheSame() throws Exception {
    HttpResponse<String> answer = console.anew().api("viewer", "/api/v1/lag?group=" + group);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"STOPPED\"", "\"lag\":7", "\"committed\":3");
    assertThat(console.api("viewer", "/api/v1/lag/history?group=" + group).body())
        .contains("\"lag\":[7");
    assertThat(console.api("nobody", "/api/v1/lag").statusCode()).isEqualTo(401);
  }

  /** The second one has no Kafka: what it shows is what the first one saw. */
  @Test
  void whatWasSeenIsStillThereAfterARestart(@TempDir Path folder) throws Exception {
    Map<String, String> kept = Map.of("console.history", folder.resolve("history").toString());
    try (RunningConsole before =
        RunningConsole.start(postgres, kafka.bootstrapServers(), folder, kept)) {
      await().until(() -> before.server().lag().seen().report().isPresent());
    }

    try (RunningConsole after = RunningConsole.start(postgres, "127.0.0.1:9", folder, kept)) {
      assertThat(after.api("viewer", "/api/v1/lag/history?group=" + group).body())
          .contains("\"lag\":[7");
      assertThat(after.api("viewer", "/api/v1/lag/history?span=day&group=" + group).body())
          .contains("\"lag\":[7");
    }
  }

  @Test
  void brokenHeadersAreRefused() throws Exception {
    console.anew();
    for (String header : List.of("Basic bm8tY29sb24=", "Basic %%%", "Basic", "Basic ")) {
      HttpResponse<String> answer =
          console.send(
              HttpRequest.newBuilder(console.uri("/api/v1/lag"))
                  .header("Authorization", header)
                  .build());
      assertThat(answer.statusCode()).as(header).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
          .startsWith("Basic realm=");
    }
    assertThat(
            console
                .send(
                    HttpRequest.newBuilder(console.uri("/api/v1/lag"))
                        .header("Sec-Fetch-Site", "same-origin")
                        .build())
                .headers()
                .firstValue("WWW-Authenticate"))
        .as("a page's browser would ask by itself")
        .isEmpty();
    HttpRequest.Builder signIn =
        console.form("/sign-in", Map.of("name", "viewer", "password", "x"));
    assertThat(console.send(signIn.header("Origin", "http://a b").build()).statusCode())
        .isEqualTo(403);
  }

  /** It may be a password, typed one field too early. */
  @Test
  void aNameThatNobodyHasIsNotKept() throws Exception {
    console.anew();
    for (String name : List.of("hunter2-unheard-of", "operator")) {
      console.send(console.form("/sign-in", Map.of("name", name, "password", "wrong")).build());
    }

    assertThat(
            postgres.rows(
                "SELECT DISTINCT who FROM riffle.activity WHERE action = 'SIGN_IN_REFUSED'"))
        .contains("(unknown)", "operator")
        .doesNotContain("hunter2-unheard-of");
  }

  @Test
  void prometheusIsToldTheSame() {
    await()
        .untilAsserted(
            () ->
                assertThat(console.server().meters().scrape(null))
                    .contains(
                        "consumer_group_state{group=\"%s\",state=\"STOPPED\"} 1.0".formatted(group),
                        "consumer_lag_messages{group=\"%s\",partition=\"0\",topic=\"%s\"} 7.0"
                            .formatted(group, topic),
                        "consumer_retention_risk{group=\"%s\",partition=\"0\",topic=\"%s\"} 0.0"
                            .formatted(group, topic)));
  }

  @Test
  void everyAnswerForbidsOthersScriptsAndFrames() throws Exception {
    HttpResponse<String> answer = console.as("viewer").get("/lag");

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    assertThat(answer.body()).doesNotContain("<script>", "onclick", "style=");
  }

  @Test
  void aSessionsCookieIsForThisSiteAndNoScript() throws Exception {
    HttpResponse<String> answer =
        console
            .anew()
            .send(
                console
                    .form("/sign-in", Map.of("name", "viewer", "password", RunningConsole.PASSWORD))
                    .build());

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "Path=/");
  }

  @Test
  void aPostWithoutTheTokenOfOurPageIsRefused() throws Exception {
    console.as("viewer");
    assertThat(console.send(console.form("/sign-out", Map.of()).build()).statusCode())
        .isEqualTo(403);
    assertThat(console.get("/lag").statusCode()).isEqualTo(200);

    assertThat(console.post("/lag", "/sign-out", Map.of()).statusCode()).isEqualTo(303);
    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
  }

  @Test
  void aSignInFromAnotherSiteIsRefused() throws Exception {
    HttpRequest request =
        console
            .anew()
            .form("/sign-in", Map.of("name", "viewer", "password", RunningConsole.PASSWORD))
            .header("Origin", "https://elsewhere.example")
            .build();

    assertThat(console.send(request).statusCode()).isEqualTo(403);
  }

  @Test
  void signInsAreLimitedAndNoted() throws Exception {
    console.anew();
    int status = 0;
    for (int i = 0; i < 6; i++) {
      status =
          console
              .send(console.form("/sign-in", Map.of("name", "mallory", "password", "x")).build())
              .statusCode();
    }
    assertThat(status).isEqualTo(429);
    assertThat(
            postgres.rows(
                "SELECT DISTINCT action, count(*) >= 5 FROM riffle.activity WHERE who = '(unknown)' GROUP BY 1"))
        .containsExactly("SIGN_IN_REFUSED|t");
    assertThat(console.as("viewer").page("/activity?who=%28unknown%29"))
        .contains("SIGN_IN_REFUSED", "127.0.0.1")
        .doesNotContain("mallory");
  }

  @Test
  void whoIsTakenOutOfTheFileIsOut() throws Exception {
    String all = Files.readString(console.users());
    Files.writeString(
        console.users(),
        all + all.lines().findFirst().get().replace("viewer:viewer", "temp:viewer"));
    console.as("temp");
    assertThat(console.get("/lag").statusCode()).isEqualTo(200);

    Files.writeString(console.users(), all);
    Files.setLastModifiedTime(
        console.users(), FileTime.fromMillis(System.currentTimeMillis() + 5_000));

    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
  }

  /** Sessions and programs that the old one let in are out with it. */
  @Test
  void aNewPasswordEndsWhatTheOldOneLetIn() throws Exception {
    String all = Files.readString(console.users());
    String viewer = all.lines().findFirst().get();
    Files.writeString(console.users(), all + viewer.replace("viewer:viewer", "changed:viewer"));
    touch(10);
    console.as("changed");
    assertThat(console.get("/lag").statusCode()).isEqualTo(200);
    assertThat(console.api("changed", "/api/v1/lag").statusCode()).isEqualTo(200);

    String other = PasswordHash.of("battery staple".toCharArray(), 1_000).text();
    Files.writeString(console.users(), all + "changed:viewer:" + other + "\n");
    touch(15);

    assertThat(console.get("/lag").statusCode()).isEqualTo(302);
    assertThat(console.api("changed", "/api/v1/lag").statusCode()).isEqualTo(401);
    Files.writeString(console.users(), all);
    touch(20);
  }

  /** As while it is written anew. */
  @Test
  void aFileOfUsersThatIsSpoiledForAMomentEndsNoSession() throws Exception {
    String all = Files.readString(console.users());
    console.as("viewer");
    Files.writeString(console.users(), "");
    touch(25);
    assertThat(console.get("/lag").statusCode()).isEqualTo(302);

    Files.writeString(console.users(), all);
    touch(30);

    assertThat(console.get("/lag").statusCode()).isEqualTo(200);
  }

  /** The file has changed, whatever the file system's clock makes of it. */
  private void touch(int seconds) throws IOException {
    Files.setLastModifiedTime(
        console.users(), FileTime.fromMillis(System.currentTimeMillis() + seconds * 1_000L));
  }

  @Test
  void activityIsOnlyEverAddedTo() throws IOException {
    postgres.execute(
        "INSERT INTO riffle.activity (who, role, via, action, target) VALUES ('a', '', 'API', 'X', 'y')");
    for (String change :
        List.of(
            "UPDATE riffle.activity SET who = 'b'",
            "DELETE FROM riffle.activity",
            "TRUNCATE riffle.activity")) {
      assertThat(catchThrowable(() -> postgres.execute(change)))
          .as(change)
          .hasRootCauseInstanceOf(SQLException.class)
          .rootCause()
          .hasMessageContaining("only ever added to");
    }
  }

  @Test
  void whatIsNotThereIsSaidWithoutRepeatingIt() throws Exception {
    HttpResponse<String> answer = console.as("viewer").get("/unheard-of/%3Cscript%3E");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("There is nothing at this address")
        .doesNotContain("unheard-of");
  }
}
