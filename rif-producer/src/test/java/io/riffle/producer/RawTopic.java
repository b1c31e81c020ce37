package io.riffle.producer;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RifBarrier;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The committed records of a raw topic, decoded. */
final class RawTopic {

  /** A data record. */
  record Data(int partition, long offset, String key, Origin origin, GenericRecord avro) {}

  /** A barrier and where it stands. */
  record Barrier(int partition, long offset, RifBarrier value) {}

  final List<Data> data = new ArrayList<>();
  final List<Barrier> barriers = new ArrayList<>();

  RawTopic(ProducerStack stack, String topic) {
    WireReader reader = new WireReader(stack.registry().client(), WithoutFingerprint.REJECT);
    stack.kafka().readAll(topic).forEach(record -> add(reader, record));
  }

  private void add(WireReader reader, ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded = (Decoded) reader.decode(record.value(), record.headers());
    GenericRecord avro = decoded.record();
    if (avro.getSchema().getName().equals("RifBarrier")) {
      RifBarrier barrier = ControlCodec.of(RifBarrier.class).fromAvro(avro);
      barriers.add(new Barrier(record.partition(), record.offset(), barrier));
    } else {
      Origin origin = ControlCodec.of(Origin.class).fromAvro((GenericRecord) avro.get("origin"));
      String key = new String(record.key(), StandardCharsets.UTF_8);
      data.add(new Data(record.partition(), record.offset(), key, origin, avro));
    }
  }
}
