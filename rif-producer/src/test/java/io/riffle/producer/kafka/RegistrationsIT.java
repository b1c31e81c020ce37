package io.riffle.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.testing.RegistryExtension;
import io.riffle.testing.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
final class RegistrationsIT {

  private static final int PROCESSES = 8;

  @Test
  void survivesFirstRegistrationsAtTheSameMoment(TestRegistry registry) throws Exception {
    Schema schema = ControlCodec.of(Reject.class).schema();
    String topic = "at-once-" + UUID.randomUUID();
    ExecutorService pool = Executors.newFixedThreadPool(PROCESSES);
    try {
      List<Future<SchemaHandle>> handles = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        Registrations own = new Registrations(registry.client());
        handles.add(pool.submit(() -> own.handle(topic, schema, Optional.empty())));
      }
      int id = handles.get(0).get().id();
      for (Future<SchemaHandle> handle : handles) {
        assertThat(handle.get().id()).isEqualTo(id);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
