package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.RawTopic.Barrier;
import io.riffle.schemas.layout.Layouts;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From objects in S3 to records on topics, with all four neighbours real. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
final class ScanToTopicsIT {

  private static final Map<String, String> SMALL_SPLITS =
      Map.of("split.max-rows", "7", "metrics.listen", "127.0.0.1:0");

  private final ProducerStack stack;

  ScanToTopicsIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  @Test
  void publishesEachRecordOnceAndBarriersBehindThem() throws Exception {
    String instant = ProducerStack.instant(3);
    String folder = "Incoming/" + instant + "/";
    stack.put(folder + "carrier.csv", RifRows.full("CARRIER").records(-1, -40).text());
    stack.put(folder + "pde.csv", RifRows.full("PDE").records(-1, -25).text());
    stack.put(folder + "empty.csv", RifRows.full("PDE").text());
    String backfill = RifRows.of("CARRIER", "CLM_ID", "CARR_NUM").records(-1, -5).text();
    stack.put(folder + "merge.csv", backfill);
    String zipped = RifRows.full("CARRIER").records(-101, -130).text();
    stack.put(
        folder + "carrier.csv.gz",
        gzip(zipped),
        Map.of("md5chksum", ProducerStack.md5(zipped.getBytes(StandardCharsets.UTF_8))));
    stack.putManifest(
        instant, 0, "carrier.csv", "CARRIER", "pde.csv", "PDE", "merge.csv", "CARRIER_MERGE");
    stack.putManifest(instant, 1, "carrier.csv.gz", "CARRIER", "empty.csv", "PDE");
    stack.put(folder + "ManifestList.DONE", "0_manifest.xml\n\n1_manifest.xml");

    RifProducer producer = stack.start(SMALL_SPLITS);
    try {
      List.of("carrier.csv", "pde.csv", "merge.csv", "carrier.csv.gz", "empty.csv")
          .forEach(stack::awaitPublished);
      assertThat(metrics(producer))
          .contains("ingest_file_records_total{result=\"loaded\",type=\"carrier\"} 75.0")
          .contains("ingest_file_records_total{result=\"rejected\",type=\"pde\"} 0.0")
          .contains("ingest_split_seconds_count{type=\"pde\"} 4")
          .contains("part_paused{part=\"scanner\"");
    } finally {
      assertThat(producer.end()).isZero();
    }

    RawTopic carrier = raw("CARRIER");
    assertThat(carrier.data).hasSize(40 + 5 + 30);
    assertThat(carrier.data.stream().map(found -> found.origin().version()))
        .doesNotHaveDuplicates();
    RawTopic pde = raw("PDE");
    assertThat(pde.data).hasSize(25);
    requireBarriersBehindRecords(carrier, 3);
    requireBarriersBehindRecords(pde, 2);
    assertThat(carrier.data)
        .filteredOn(found -> found.avro().getSchema().getName().equals("CarrierMerge"))
        .hasSize(5)
        .allSatisfy(
            found ->
                assertThat(fields(found.avro())).containsExactly("origin", "clm_id", "carr_num"));
    assertThat(stack.query("SELECT folder, array_to_string(manifests, ',') FROM riffle.data_sets"))
        .containsExactly(folder + "|0_manifest.xml,1_manifest.xml");
    assertThat(totals())
        .containsExactly(
            "carrier.csv|LOADING|1|41|40|0|40|40|0",
            "carrier.csv.gz|LOADING|1|31|30|0|30|30|0",
            "empty.csv|PLANNED|1|1|0|0|0|0|0",
            "merge.csv|LOADING|1|6|5|0|5|5|0",
            "pde.csv|LOADING|1|26|25|0|25|25|0");
  }

  private static String metrics(RifProducer producer) throws Exception {
    URI uri = URI.create("http:/" + producer.metricsAddress().orElseThrow() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  /** Lines = header + rows + rejected rows; records = published + rejected. */
  private List<String> totals() {
    return stack.query(
        "SELECT file_name, state, attempt, lines, rows, rejected_rows, a.records, published_records,"
            + " rejected_by_producer FROM riffle.files f JOIN riffle.file_attempts a"
            + " USING (file_id, attempt) ORDER BY file_name");
  }

  private RawTopic raw(String type) {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get(type)));
  }

  private static void requireBarriersBehindRecords(RawTopic topic, int files) {
    int partitions = topic.barriers.get(0).value().partitions();
    assertThat(topic.barriers).hasSize(files * partitions);
    for (Barrier barrier : topic.barriers) {
      assertThat(barrier.value().partition()).isEqualTo(barrier.partition());
      long before =
          topic.data.stream()
              .filter(found -> found.origin().file() == barrier.value().file())
              .filter(found -> found.partition() == barrier.partition())
              .peek(found -> assertThat(found.offset()).isLessThan(barrier.offset()))
              .count();
      assertThat(barrier.value().records()).isEqualTo(before);
    }
  }

  private static List<String> fields(GenericRecord avro) {
    return avro.getSchema().getFields().stream().map(field -> field.name()).toList();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
