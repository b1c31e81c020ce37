package io.riffle.schemas.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.control.Merge.AbsentField;
import io.riffle.schemas.control.Merge.FieldVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class ControlCodecTest {

  private static final Version VERSION = new Version(1_700_000_000_123_456_789L, 1, 42, 3, 7);
  private static final Origin ORIGIN = new Origin(9, 2, VERSION, 15, 3);

  @Test
  void readsBackNestedRecordsListsAndOptionals() throws IOException {
    Merge merge =
        new Merge(
            ORIGIN,
            VERSION,
            true,
            -5,
            Optional.of(VERSION.at(1)),
            List.of(
                new FieldVersion(Optional.empty(), "a", VERSION),
                new FieldVersion(Optional.of(4), "b", VERSION)),
            List.of());

    assertThat(roundTrip(merge)).isEqualTo(merge);
  }

  @Test
  void readsBackTheSweepOfAStagingTable() throws IOException {
    StagingSweep sweep = new StagingSweep("qvp", "public", "orders", 3, -1, Long.MAX_VALUE, 7);

    assertThat(roundTrip(sweep)).isEqualTo(sweep);
  }

  @Test
  void readsBackBytes() throws IOException {
    Merge merge =
        new Merge(
            ORIGIN,
            VERSION,
            false,
            0,
            Optional.empty(),
            List.of(),
            List.of(new AbsentField(2, "c", VERSION, ByteBuffer.wrap(new byte[] {2, 0}))));

    assertThat(roundTrip(merge)).isEqualTo(merge);
  }

  @Test
  void readsBackEveryKindOfProgress() throws IOException {
    Progress.SplitDone done = new Progress.SplitDone(1, 1, 0, 5, 1, 3, 1, List.of(2L, 1L));

    assertThat(roundTrip(done)).isEqualTo(done);
  }

  /** As a split stands on the topic since before there were redrives. */
  @Test
  void readsARecordFromBeforeAnOptionalWasAdded() {
    ControlCodec<Split> codec = ControlCodec.of(Split.class);
    Split split =
        new Split(
            1,
            1,
            "b",
            "k",
            "e",
            false,
            "PDE",
            false,
            List.of("A"),
            0,
            1,
            5,
            9,
            2,
            VERSION,
            3,
            3,
            Optional.empty());

    assertThat(codec.fromAvro(without(codec.toAvro(split), "redrive"))).isEqualTo(split);
  }

  @Test
  void readsBarriersFromBeforeRepeatedKeysWereCounted() {
    ControlCodec<MergedBarrier> codec = ControlCodec.of(MergedBarrier.class);
    MergedBarrier barrier =
        new MergedBarrier(1, 2, "PDE", 0, 4, 10, 6, 1, 1, 1, 1, Optional.empty());

    assertThat(codec.fromAvro(without(codec.toAvro(barrier), "repeatedKeys"))).isEqualTo(barrier);
    assertThat(barrier.seen()).isEqualTo(barrier.expected());
  }

  @Test
  void readsBackRedrivenRecords() throws IOException {
    Split split =
        new Split(
            1,
            2,
            "b",
            "k",
            "e",
            true,
            "PDE",
            false,
            List.of("A"),
            0,
            1,
            5,
            9,
            2,
            VERSION,
            3,
            3,
            Optional.of(new Split.Redrive(4, List.of(7L, 9L))));

    assertThat(roundTrip(split)).isEqualTo(split);
  }

  @Test
  void ordersVersionsByFeedBeforeSequence() {
    Version incoming = new Version(5, 0, 9, 9, 9);
    Version synthetic = new Version(5, 1, 0, 0, 1);

    assertThat(synthetic.isNewerThan(incoming)).isTrue();
    assertThat(incoming.isNewerThan(incoming)).isFalse();
  }

  @Test
  void keepsNanosecondsOfAnInstant() {
    assertThat(Version.nanos(Version.toInstant(-1))).isEqualTo(-1);
    assertThat(Version.toInstant(VERSION.instant())).hasToString("2023-11-14T22:13:20.123456789Z");
  }

  /** The record as programs wrote it before it had the field. */
  private static GenericRecord without(GenericRecord now, String field) {
    Schema schema = now.getSchema();
    List<Schema.Field> others =
        schema.getFields().stream()
            .filter(other -> !other.name().equals(field))
            .map(other -> new Schema.Field(other, other.schema()))
            .toList();
    GenericRecord before =
        new GenericData.Record(
            Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, others));
    others.forEach(other -> before.put(other.name(), now.get(other.name())));
    return before;
  }

  @SuppressWarnings("unchecked") // the codec of the value's own class
  private static <T extends Record> T roundTrip(T value) throws IOException {
    ControlCodec<T> codec = ControlCodec.of((Class<T>) value.getClass());
    Schema schema = new Schema.Parser().parse(codec.schema().toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(codec.schema()).write(codec.toAvro(value), encoder);
    encoder.flush();
    return codec.fromAvro(
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null)));
  }
}
