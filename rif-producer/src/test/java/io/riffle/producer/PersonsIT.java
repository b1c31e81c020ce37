package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.RawTopic.Data;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import io.riffle.testing.KafkaExtension;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.S3Extension;
import io.riffle.testing.TestKafka;
import io.riffle.testing.TestPostgres;
import io.riffle.testing.TestRegistry;
import io.riffle.testing.TestS3;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files of people and of their former identities, from S3 to their topics. */
@ExtendWith({
  KafkaExtension.class,
  PostgresExtension.class,
  S3Extension.class,
  RegistryExtension.class
})
final class PersonsIT {

  private static final String HICN_HASH =
      "b01abf2478a93b19c33b34e3d78775d411b7e1e9ab400ffbf74e64948ac2f9b8";
  private static final String MBI_HASH =
      "82273caf4d2c3b5a8340190ae3575950957ce469e593efd7736d60c3b39d253c";
  private static final Map<String, String> NUMBERS =
      Map.of("BENE_CRNT_HIC_NUM", "123456789A", "MBI_NUM", "3456789");

  private final ProducerStack stack;

  PersonsIT(TestKafka kafka, TestPostgres postgres, TestS3 s3, TestRegistry registry) {
    this.stack = new ProducerStack(kafka, postgres, s3, registry);
  }

  @Test
  void publishesYearsAndFormerIdentitiesOfPeople() {
    String instant = ProducerStack.instant(2);
    String folder = "Incoming/" + instant + "/";
    stack.put(
        folder + "people.csv",
        RifRows.full("BENEFICIARY")
            .row(-7, with("RFRNC_YR", "2020", "FIPS_STATE_CNTY_JAN_CD", "01001"))
            .row(-7, with("RFRNC_YR", "2021"))
            .row(-8, Map.of())
            .row(-9, Map.of("RFRNC_YR", "-1"))
            .text());
    stack.put(
        folder + "months.csv",
        RifRows.of("BENEFICIARY", "BENE_ID", "RFRNC_YR", "HMO_1_IND")
            .row(-7, Map.of("RFRNC_YR", "2020", "HMO_1_IND", "1"))
            .text());
    stack.put(
        folder + "history.csv",
        RifRows.full("BENEFICIARY_HISTORY")
            .row(-7, with("STATE_CODE", "MO"))
            .row(-7, with("STATE_CODE", "MO"))
            .row(-8, Map.of("DML_IND", "DELETE"))
            .text());
    stack.putManifest(
        instant,
        1,
        "people.csv",
        "BENEFICIARY",
        "months.csv",
        "BENEFICIARY_MERGE",
        "history.csv",
        "BENEFICIARY_HISTORY");
    stack.put(folder + "ManifestList.done", "1_manifest.xml");

    RifProducer producer = stack.start(Map.of());
    try {
      List.of("people.csv", "months.csv", "history.csv").forEach(stack::awaitPublished);
    } finally {
      assertThat(producer.end()).isZero();
    }

    requirePeople(raw("BENEFICIARY"));
    requireHistory(raw("BENEFICIARY_HISTORY"));
    assertThat(rejects())
        .containsExactlyInAnyOrder(
            "BENEFICIARY OUT_OF_RANGE RFRNC_YR", "BENEFICIARY_HISTORY UNKNOWN_ACTION DML_IND");
  }

  private static void requirePeople(RawTopic topic) {
    assertThat(topic.data).extracting(Data::key).containsExactlyInAnyOrder("-7", "-7", "-7", "-8");
    List<GenericRecord> person = of(topic, "-7");
    assertThat(person)
        .extracting(record -> record.getSchema().getFullName())
        .containsExactly(
            "io.riffle.rif.Beneficiary",
            "io.riffle.rif.Beneficiary",
            "io.riffle.rif.BeneficiaryMerge");
    GenericRecord first = person.get(0);
    assertThat(text(first, "bene_crnt_hic_num")).isEqualTo(HICN_HASH);
    assertThat(text(first, "hicn_unhashed")).isEqualTo("123456789A");
    assertThat(text(first, "mbi_num")).isEqualTo("3456789");
    assertThat(text(first, "mbi_hash")).isEqualTo(MBI_HASH);
    assertThat(text(line(first), "fips_state_cnty_jan_cd")).isEqualTo("01001");
    assertThat(line(first).get("rfrnc_yr"))
        .isEqualTo(first.get("rfrnc_yr"))
        .isNotEqualTo(person.get(1).get("rfrnc_yr"))
        .isEqualTo(line(person.get(2)).get("rfrnc_yr"));
    assertThat(text(line(person.get(2)), "hmo_1_ind")).isEqualTo("1");
    GenericRecord other = of(topic, "-8").get(0);
    assertThat(other.get("rfrnc_yr")).isNull();
    assertThat(line(other).get("rfrnc_yr")).isNull();
    assertThat(topic.barriers).hasSize(2 * topic.barriers.get(0).value().partitions());
  }

  private static void requireHistory(RawTopic topic) {
    assertThat(topic.data).extracting(Data::key).containsExactly("-7", "-7");
    assertThat(of(topic, "-7"))
        .allSatisfy(
            record -> {
              assertThat(record.getSchema().getFullName())
                  .isEqualTo("io.riffle.rif.BeneficiaryHistory");
              assertThat(record.getSchema().getField("state_code")).isNull();
              assertThat(record.getSchema().getFields()).hasSize(1 + 9);
              assertThat(text(record, "bene_crnt_hic_num")).isEqualTo(HICN_HASH);
              assertThat(text(record, "mbi_hash")).isEqualTo(MBI_HASH);
            });
    assertThat(topic.barriers).hasSize(topic.barriers.get(0).value().partitions());
  }

  private static List<GenericRecord> of(RawTopic topic, String key) {
    return topic.data.stream()
        .filter(found -> found.key().equals(key))
        .sorted(Comparator.comparing(found -> found.origin().version()))
        .map(Data::avro)
        .toList();
  }

  private static Map<String, String> with(String... columns) {
    Map<String, String> values = new HashMap<>(NUMBERS);
    for (int i = 0; i < columns.length; i += 2) {
      values.put(columns[i], columns[i + 1]);
    }
    return values;
  }

  private RawTopic raw(String type) {
    return new RawTopic(stack, stack.topics().rif(Layouts.load().get(type)));
  }

  private List<String> rejects() {
    WireReader reader = new WireReader(stack.registry().client(), WithoutFingerprint.REJECT);
    return stack.kafka().readAll(stack.topics().rejects()).stream()
        .map(record -> (Decoded) reader.decode(record.value(), record.headers()))
        .map(decoded -> ControlCodec.of(Reject.class).fromAvro(decoded.record()))
        .map(reject -> reject.type() + " " + reject.reason() + " " + reject.column().orElse("-"))
        .toList();
  }

  private static GenericRecord line(GenericRecord record) {
    List<?> lines = (List<?>) record.get("lines");
    assertThat(lines).hasSize(1);
    return (GenericRecord) lines.get(0);
  }

  private static String text(GenericRecord record, String field) {
    return String.valueOf(record.get(field));
  }
}
