package io.riffle.producer.kafka;

import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Progress;
import io.riffle.schemas.control.Progress.BarriersWritten;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.control.Progress.SplitDone;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topics that only this program writes. A record there that cannot be read is no bad
 * record to go around: the load rests on it, so that is an {@link IllegalStateException} with its
 * place.
 */
public final class ControlReader {

  private final WireReader reader;

  public ControlReader(SchemaRegistry registry) {
    this.reader = new WireReader(registry, WithoutFingerprint.REJECT);
  }

  /** A record of the splits topic. */
  public Split split(ConsumerRecord<byte[], byte[]> record) {
    return read(record, Split.class);
  }

  /** A record of the progress topic. */
  public Progress progress(ConsumerRecord<byte[], byte[]> record) {
    GenericRecord avro = decode(record);
    return switch (avro.getSchema().getName()) {
      case "Planned" -> ControlCodec.of(Planned.class).fromAvro(avro);
      case "SplitDone" -> ControlCodec.of(SplitDone.class).fromAvro(avro);
      case "BarriersWritten" -> ControlCodec.of(BarriersWritten.class).fromAvro(avro);
      default -> throw unreadable(record, "an unknown kind of progress");
    };
  }

  private <T extends Record> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    GenericRecord avro = decode(record);
    if (!avro.getSchema().getName().equals(type.getSimpleName())) {
      throw unreadable(record, "no " + type.getSimpleName());
    }
    return ControlCodec.of(type).fromAvro(avro);
  }

  private GenericRecord decode(ConsumerRecord<byte[], byte[]> record) {
    Decoding decoding = reader.decode(record.value(), record.headers());
    if (decoding instanceof Decoded decoded) {
      return decoded.record();
    }
    throw unreadable(record, decoding.toString());
  }

  private static IllegalStateException unreadable(
      ConsumerRecord<byte[], byte[]> record, String what) {
    return new IllegalStateException(
        "%s, partition %d, offset %d: %s"
            .formatted(record.topic(), record.partition(), record.offset(), what));
  }
}
