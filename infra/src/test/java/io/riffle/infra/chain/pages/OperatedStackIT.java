package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.Cli;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.client.Rest;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack that is well, one of which a connector is paused and a topic is set as it should not be,
 * and the same when an operator has put that right: by the overview, the lags and the doctor.
 */
@InChromium
class OperatedStackIT {
  private static final int RECORDS = 30;
  private static final Topics TOPICS = new Topics("main");
  private static final String SINK = TOPICS.sinkConnector();
  private static final String GROUP = "connect-" + SINK;
  private static final String MERGED = TOPICS.merged(Chain.LAYOUTS.get("PDE"));
  private static final String SETTING = "retention.bytes";
  private static final Pattern REMEDY =
      Pattern.compile("kafka-configs --alter --topic (\\S+) --add-config ([^=]+)=([^,\\s]+)");

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  private final Endpoints endpoints = chain.stack().endpoints();
  @TempDir Path set;

  @AfterEach
  void putRight() throws Exception {
    connector("resume");
    setting(OpType.DELETE, "");
  }

  @Test
  void whatIsAmissIsSaidOnEveryPageUntilItIsPutRight() throws Exception {
    AtConsole vera = people.viewer();
    isWell(vera);

    connector("pause");
    setting(OpType.SET, "1073741824");
    new DataSetGenerator(Chain.request(List.of("PDE"), Chain.claimRecords(RECORDS), RECORDS))
        .write(set);
    List<String> manifests = chain.load().upload(set);
    isSaidByTheOverview(vera);
    isSaidByTheLags(vera);
    Matcher remedy = isSaidByTheDoctor(vera);

    connector("resume");
    assertThat(remedy.group(1) + " " + remedy.group(2)).isEqualTo(raw() + " " + SETTING);
    setting(OpType.SET, remedy.group(3));
    chain.await(manifests);
    vera.open("/lag/group?name=" + GROUP).fact("Messages behind", "0");
    isWell(vera);
  }

  private void isWell(AtConsole vera) {
    vera.key("o").cell("Pipelines", "claims", "State", "RUNNING").isFit("overview");
    vera.cell("Pipelines", "claims", "Messages behind", "0");
    examined(vera, raw(), false);
    assertThat(vera.text()).doesNotContain("FAIL");
    assertThat(vera.page().locator("td[data-label=Verdict]").count()).isGreaterThan(10);
    for (String part : List.of("S3", "KAFKA", "REGISTRY", "POSTGRES", "CONNECT")) {
      assertThat(vera.cell("Findings", part, "Verdict")).as(part).isEqualTo("OK");
    }
    vera.reads("topics are there and as planned").reads("it has the sink's plug-in").mayOnlyLook();
  }

  private void isSaidByTheOverview(AtConsole vera) {
    vera.key("o").cell("Pipelines", "claims", "State", "PAUSED").isFit("overview-paused");
    assertThat(vera.cell("Pipelines", "claims", "State")).contains(SINK);
  }

  private void isSaidByTheLags(AtConsole vera) throws Exception {
    vera.key("l").fill("Group or topic", "sink").press("Show");
    vera.follow(GROUP).heading(GROUP).await(vera.page().locator(".uplot").first());
    await("the page to have what the command prints")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(vera.fact("Messages behind")).isEqualTo("" + lag()).isNotEqualTo("0"));
    String lag = vera.fact("Messages behind");
    assertThat(Long.parseLong(lag)).isGreaterThan(RECORDS);
    assertThat(behind(vera.cell("Topics", MERGED, "Messages behind"))).isGreaterThan(RECORDS);
    assertThat(
            vera.column("Topics", "Messages behind").stream()
                .mapToLong(OperatedStackIT::behind)
                .sum())
        .isEqualTo(behind(lag));
    vera.page().locator("summary", new Page.LocatorOptions().setHasText(MERGED)).click();
    assertThat(vera.column("Partitions of " + MERGED, "Committed")).isEqualTo(committed());
    vera.await(
        vera.page().locator("#plot[aria-label*='last hour'][aria-label*=' " + lag + " messages']"));
    vera.isFit("lag-group").press("24 h");
    vera.await(vera.page().locator("#plot[aria-label*='last 24 hours']")).isFit("lag-group-day");
    vera.key("l").cell("Consumer groups", GROUP, "Messages behind", lag).isFit("lag").mayOnlyLook();
    vera.fill("Group or topic", "nobody's").press("Show").reads("No group with committed offsets");
  }

  private Matcher isSaidByTheDoctor(AtConsole vera) {
    examined(vera, raw() + " has retention.bytes=1073741824, not -1", true);
    assertThat(vera.cell("Findings", SETTING, "Verdict")).isEqualTo("WARN");
    assertThat(vera.cell("Findings", SINK + " is PAUSED", "Verdict")).isEqualTo("WARN");
    assertThat(vera.cell("Findings", SINK + " is PAUSED", "What to do")).contains("resumes it");
    vera.isFit("doctor-warns");
    Matcher remedy = REMEDY.matcher(vera.cell("Findings", SETTING, "What to do"));
    assertThat(remedy.find()).isTrue();
    return remedy;
  }

  /** What was found a moment ago is found again. */
  private static void examined(AtConsole vera, String text, boolean found) {
    await("the doctor to look again")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> vera.key("d").text().contains(text) == found);
  }

  private long lag() throws IOException {
    String json = new Cli(chain.stack().home()).run("lag", GROUP, "-o", "json").out();
    return new ObjectMapper().readTree(json).at("/groups/0/lag").asLong(-1);
  }

  private static long behind(String cell) {
    return Long.parseLong(cell.replaceAll("\\D", ""));
  }

  /** What Kafka has, of each partition. */
  private List<String> committed() throws Exception {
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
      return IntStream.range(0, Chain.LAYOUTS.get("PDE").partitions())
          .mapToObj(partition -> offsets.get(new TopicPartition(MERGED, partition)))
          .map(offset -> offset == null ? "–" : Long.toString(offset.offset()))
          .toList();
    }
  }

  private static String raw() {
    return TOPICS.rif(Chain.LAYOUTS.get("PDE"));
  }

  /** As who uses Connect's own interface. */
  private void connector(String order) throws Exception {
    Rest.sendJson("PUT", endpoints.connectUrl().resolve("/connectors/" + SINK + "/" + order), "");
  }

  private void setting(OpType how, String value) throws Exception {
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, raw()),
                  List.of(new AlterConfigOp(new ConfigEntry(SETTING, value), how))))
          .all()
          .get();
    }
  }
}
