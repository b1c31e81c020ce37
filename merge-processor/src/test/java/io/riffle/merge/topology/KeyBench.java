package io.riffle.merge.topology;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.ControlWriter;
import io.riffle.merge.record.Encoded;
import io.riffle.merge.record.MergedWriter;
import io.riffle.merge.record.RawReader;
import io.riffle.merge.record.TypeColumns;
import io.riffle.merge.state.StateCodec;
import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.MergedDelete;
import io.riffle.schemas.control.Parked;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.wire.AvroBytes;
import io.riffle.schemas.wire.Decoding;
import io.riffle.schemas.wire.SchemaHandle;
import io.riffle.schemas.wire.WireReader;
import io.riffle.testing.InMemoryRegistry;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One type's reader and merge without Kafka, fed with {@link Given} records of one key. */
final class KeyBench {
  static final long KEY = -100_000_486;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final GivenAvro avro;
  private final RawReader reader;
  private final Optional<GivenAvro> formerAvro;
  private final Optional<RawReader> formers;
  private final KeyMerge merge;
  private final TypeColumns columns;
  private final StateCodec codec;

  KeyBench(Layout layout) {
    this(layout, Optional.empty());
  }

  /** With {@code joining} the layout of the records that become rows of the history. */
  KeyBench(Layout layout, Optional<Layout> joining) {
    this.columns = new TypeColumns(layout);
    this.avro = new GivenAvro(registry, layout, KEY);
    WireReader wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
    this.reader = new RawReader(wire, columns, layout);
    this.formerAvro = joining.map(formers -> new GivenAvro(registry, formers, KEY));
    this.formers = joining.map(formers -> new RawReader(wire, columns, formers));
    SchemaHandle merged = SchemaHandle.register(registry, "merged", RecordSchemas.merged(layout));
    this.codec = new StateCodec(registry, columns, merged);
    this.merge =
        new KeyMerge(
            columns,
            codec,
            new MergedWriter(merged, columns),
            ControlWriter.register(registry, "merged", MergedDelete.class),
            ControlWriter.register(registry, "parked", Parked.class));
  }

  InMemoryRegistry registry() {
    return registry;
  }

  TypeColumns columns() {
    return columns;
  }

  StateCodec codec() {
    return codec;
  }

  Arrival.Data arrival(Given record, int attempt, Random order) {
    boolean former = record.kind() == Given.Kind.HISTORY;
    GivenAvro.Raw raw = (former ? formerAvro.orElseThrow() : avro).write(record, attempt, order);
    RecordHeaders headers = new RecordHeaders();
    headers.add(raw.schema().header());
    return (Arrival.Data) (former ? formers.orElseThrow() : reader).read(raw.value(), headers);
  }

  KeyMerge.Step take(byte[] stored, Arrival.Data data) {
    return merge.take("" + KEY, stored, data, false);
  }

  /** Delivers a record once more because it was rejected behind the merge. */
  KeyMerge.Step redrive(byte[] stored, Arrival.Data data) {
    return merge.take("" + KEY, stored, data, true);
  }

  /** Decodes with Avro's own decoder. */
  static GenericRecord decode(Encoded value) {
    Decoding decoding = AvroBytes.decode(value.schema(), value.value());
    return ((Decoding.Decoded) decoding).record();
  }
}
