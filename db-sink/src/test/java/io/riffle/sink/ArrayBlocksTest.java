package io.riffle.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.wire.WireFormat;
import io.riffle.sink.copy.AvroCursor;
import io.riffle.sink.copy.Bytes;
import io.riffle.sink.copy.CopyPlan;
import io.riffle.sink.copy.MergedRow;
import io.riffle.sink.copy.RowVersion;
import io.riffle.testing.InMemoryRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** Arrays in many blocks, which tell their sizes, give the same rows as arrays in one. */
class ArrayBlocksTest {
  private static final int SMALLEST_BLOCK = 64;

  private final Encoder encoder = new Encoder(new InMemoryRegistry());

  @Test
  void claims() throws Exception {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int line = 1; line <= 13; line++) {
      lines.add(Map.of("line_num", line));
    }
    Layout carrier = SinkFixture.CARRIER;
    Encoder.Value value =
        encoder.merged(carrier, Encoder.origin(1, 1), 1, Map.of("clm_id", 7L), lines);

    assertBlocksDoNotMatter(carrier, value);
  }

  @Test
  void persons() throws Exception {
    PersonRecord person = new PersonRecord(7).ofYear(2003);
    for (int i = 0; i < 20; i++) {
      person.year(2020 - i, Map.of("hmo_1_ind", "A")).former("record" + i, Map.of());
    }
    Layout layout = SinkFixture.PERSON;
    Encoder.Value value =
        encoder.merged(
            layout,
            RecordSchemas.merged(layout),
            Encoder.origin(1, 1),
            1,
            person.columns(),
            person.lines(),
            person.history());

    assertBlocksDoNotMatter(layout, value);
  }

  private static void assertBlocksDoNotMatter(Layout layout, Encoder.Value value) throws Exception {
    Schema schema = value.writer().schema();
    byte[] blocks = inBlocks(schema, value.bytes());
    CopyPlan plan = CopyPlan.compile(layout, schema);

    MergedRow one = rows(plan, new AvroCursor(value.bytes(), WireFormat.PREFIX_LENGTH));
    MergedRow many = rows(plan, new AvroCursor(blocks, 0));

    assertThat(blocks.length).isGreaterThan(value.bytes().length);
    assertThat(many.header().array()).isEqualTo(one.header().array());
    assertThat(many.children().stream().map(Bytes::array).toList())
        .usingRecursiveComparison()
        .isEqualTo(one.children().stream().map(Bytes::array).toList());
  }

  private static MergedRow rows(CopyPlan plan, AvroCursor in) throws Exception {
    return plan.rows(in, plan.head(in), new RowVersion(0, 0));
  }

  private static byte[] inBlocks(Schema schema, byte[] value) throws IOException {
    int start = WireFormat.PREFIX_LENGTH;
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema)
            .read(
                null, DecoderFactory.get().binaryDecoder(value, start, value.length - start, null));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder blocking =
        new EncoderFactory().configureBlockSize(SMALLEST_BLOCK).blockingBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, blocking);
    blocking.flush();
    return out.toByteArray();
  }
}
