package io.riffle.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.RegistryConfig;
import io.riffle.schemas.registry.RegistryConfig.Tls;
import io.riffle.schemas.registry.RegistryUnavailableException;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.registry.SchemaRejectedException;
import io.riffle.schemas.registry.UnknownSchemaException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The registry client of schemas-avro against a real registry. */
@ExtendWith(RegistryExtension.class)
class RegistryClientTest {
  private static final Schema ONE_FIELD = record("name");
  private static final Schema OTHER_FIELD = record("other");

  @TempDir private Path folder;
  private final TestRegistry server;
  private final SchemaRegistry registry;
  private final String subject = "main.rif.pde-" + UUID.randomUUID();

  RegistryClientTest(TestRegistry server) {
    this.server = server;
    this.registry = connect(server.url());
  }

  @Test
  void registersAndFindsById() {
    int id = registry.register(subject, ONE_FIELD);
    assertThat(connect(server.url()).byId(id)).isEqualTo(ONE_FIELD);
    assertThat(connect(server.url()).register(subject, ONE_FIELD)).isEqualTo(id);
    assertThat(registry.versions(subject)).containsExactly(1);
    assertThat(registry.latest(subject).orElseThrow().id()).isEqualTo(id);
    assertThat(registry.latest(subject).orElseThrow().schema()).isEqualTo(ONE_FIELD);
  }

  @Test
  void schemasOfOneFingerprintButOtherLogicalTypesHaveOtherIds() {
    registry.setCompatibility(subject, Compatibility.NONE);
    Schema plain = dated(Schema.create(Schema.Type.INT));
    Schema date = dated(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)));
    int first = registry.register(subject, plain);
    int second = registry.register(subject, date);
    assertThat(connect(server.url()).byId(first).getField("d").schema().getLogicalType()).isNull();
    assertThat(connect(server.url()).byId(second).getField("d").schema().getLogicalType())
        .isEqualTo(LogicalTypes.date());
  }

  @Test
  void anUnknownSubjectHasNoVersionsAndTakesAnything() {
    assertThat(registry.versions(subject)).isEmpty();
    assertThat(registry.latest(subject)).isEmpty();
    assertThat(registry.isCompatible(subject, ONE_FIELD)).isTrue();
  }

  @Test
  void compatibilityNoneTakesAnyVersion() {
    registry.setCompatibility(subject, Compatibility.NONE);
    registry.register(subject, ONE_FIELD);
    assertThat(registry.isCompatible(subject, OTHER_FIELD)).isTrue();
    registry.register(subject, OTHER_FIELD);
    assertThat(registry.versions(subject)).containsExactly(1, 2);
  }

  @Test
  void compatibilityBackwardRefusesAFieldWithoutDefault() {
    registry.setCompatibility(subject, Compatibility.BACKWARD);
    registry.register(subject, ONE_FIELD);
    assertThat(registry.isCompatible(subject, OTHER_FIELD)).isFalse();
    assertThatThrownBy(() -> registry.register(subject, OTHER_FIELD))
        .isInstanceOf(SchemaRejectedException.class);
  }

  @Test
  void anIdThatWasNeverGivenIsUnknown() {
    assertThatThrownBy(() -> registry.byId(1_999_999_999))
        .isInstanceOf(UnknownSchemaException.class);
  }

  @Test
  void aWrongBasePathIsNotAnUnknownSchema() {
    int id = registry.register(subject, ONE_FIELD);
    for (String path : List.of("/", "/apis", "/apis/ccompat/v9", "/apis/registry/v2")) {
      SchemaRegistry wrong = connect(server.url().resolve(path));
      assertThatThrownBy(() -> wrong.byId(id))
          .as(path)
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void aKilledRegistryIsUnavailableAndTheDiskAnswersUntilItIsBackWithItsIds() {
    RegistryConfig config = config(server.url()).withCacheDir(folder);
    int id = SchemaRegistry.connect(config).register(subject, ONE_FIELD);
    SchemaRegistry.connect(config).byId(id);
    server.kill();
    try {
      assertThatThrownBy(() -> connect(server.url()).byId(id))
          .isInstanceOf(RegistryUnavailableException.class);
      assertThat(SchemaRegistry.connect(config).byId(id)).isEqualTo(ONE_FIELD);
      assertThat(SchemaRegistry.connect(config).register(subject, ONE_FIELD)).isEqualTo(id);
    } finally {
      server.restart();
    }
    assertThat(connect(server.url()).byId(id)).isEqualTo(ONE_FIELD);
    assertThat(connect(server.url()).register(subject, record("later"))).isGreaterThan(id);
  }

  private static SchemaRegistry connect(URI url) {
    return SchemaRegistry.connect(config(url));
  }

  private static RegistryConfig config(URI url) {
    Tls tls = new Tls(Optional.empty(), Optional.empty());
    return new RegistryConfig(
        List.of(url),
        Optional.empty(),
        Optional.empty(),
        tls,
        Duration.ofSeconds(20),
        2,
        Duration.ofMillis(100));
  }

  private static Schema record(String field) {
    return SchemaBuilder.record("Claim")
        .namespace("io.riffle.test")
        .fields()
        .requiredString(field)
        .endRecord();
  }

  private static Schema dated(Schema type) {
    return SchemaBuilder.record("Dated").fields().name("d").type(type).noDefault().endRecord();
  }
}
