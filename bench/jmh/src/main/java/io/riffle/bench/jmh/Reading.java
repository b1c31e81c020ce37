package io.riffle.bench.jmh;

import io.riffle.config.Secret;
import io.riffle.producer.hash.HashCache;
import io.riffle.producer.hash.HashConfig;
import io.riffle.producer.rif.EncodedValue;
import io.riffle.producer.rif.RecordPosition;
import io.riffle.producer.rif.RecordReceiver;
import io.riffle.producer.rif.RejectedRecord;
import io.riffle.producer.rif.SplitPlace;
import io.riffle.producer.rif.SplitReader;
import io.riffle.producer.rif.SplitTotals;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads a file as a worker does, with its reader and its buffers. */
final class Reading {

  /** Hashes must not cost here, and are remembered after the first round. */
  private static final HashConfig CHEAP = new HashConfig(Secret.of("00ff"), 1, 100_000);

  private static final long INSTANT = 1_700_000_000_000_000_000L;

  private final RifFile file;
  private final SplitReader reader;
  private final SplitPlace place;

  /**
   * @param sequence of the data set: later ones are newer
   */
  Reading(RifFile file, int sequence) {
    this.file = file;
    this.reader = new SplitReader(file.plan(), WireFormat.PREFIX_LENGTH, new HashCache(CHEAP));
    this.place = new SplitPlace(1, 1, new Version(INSTANT, 0, sequence, 0, 1), 2);
  }

  /** Hands all values on; they are valid until the consumer returns. */
  SplitTotals read(Consumer<EncodedValue> values) {
    try {
      return reader.read(file.rows(), place, new Values(values));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies of all values as they go to the topic. */
  List<byte[]> framed(SchemaHandle schema) {
    List<byte[]> framed = new ArrayList<>();
    read(
        value -> {
          byte[] copy = value.copyWithRoom(WireFormat.PREFIX_LENGTH);
          schema.writePrefix(copy, 0);
          framed.add(copy);
        });
    return framed;
  }

  private record Values(Consumer<EncodedValue> values) implements RecordReceiver {

    @Override
    public void accepted(byte[] key, EncodedValue value, RecordPosition position) {
      values.accept(value);
    }

    @Override
    public void deleted(byte[] key, Origin origin) {
      throw new IllegalStateException("generated files delete nothing");
    }

    @Override
    public void rejected(RejectedRecord record) {
      throw new IllegalStateException("a generated record is refused: " + record.reason());
    }
  }
}
