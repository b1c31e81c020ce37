package io.riffle.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.riffle.schemas.wire.Undecodable.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroBytesTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"R","fields":[
                {"name":"flag","type":"boolean"},
                {"name":"i","type":"int"},
                {"name":"l","type":"long"},
                {"name":"f","type":"float"},
                {"name":"d","type":"double"},
                {"name":"s","type":["null","string"]},
                {"name":"b","type":"bytes"},
                {"name":"x","type":{"type":"fixed","name":"X","size":3}},
                {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
                {"name":"a","type":{"type":"array","items":"long"}},
                {"name":"m","type":{"type":"map","values":"string"}}]}
              """);
  private static final SchemaHandle HANDLE = SchemaHandle.of(1, SCHEMA);

  @Test
  void decodesEveryTypeThatItEncoded() {
    GenericRecord record = record();
    Decoding decoding = AvroBytes.decode(HANDLE, AvroBytes.encode(HANDLE, record));
    assertThat(((Decoding.Decoded) decoding).record()).isEqualTo(record);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 31, Integer.MAX_VALUE, Long.MAX_VALUE, 1_000})
  void neverAllocatesAClaimedLength(long claim) throws IOException {
    for (String type : List.of("\"string\"", "\"bytes\"")) {
      assertRejectedCheaply(oneField(type), longs(claim));
    }
  }

  @ParameterizedTest
  @MethodSource("collections")
  void neverAllocatesAClaimedCount(String type) throws IOException {
    for (long claim : new long[] {1L << 31, Integer.MAX_VALUE - 8, Long.MAX_VALUE, 1_000_000}) {
      assertRejectedCheaply(oneField(type), longs(claim));
      assertRejectedCheaply(oneField(type), longs(-claim, 1));
    }
    assertRejectedCheaply(oneField(type), longs(Long.MIN_VALUE, 1));
  }

  static List<String> collections() {
    return List.of(
        "{\"type\":\"array\",\"items\":\"long\"}",
        "{\"type\":\"array\",\"items\":\"null\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}}",
        "{\"type\":\"map\",\"values\":\"null\"}");
  }

  @Test
  void nestedClaimsShareOneBudget() throws IOException {
    long[] claims = new long[2_000];
    Arrays.fill(claims, 1_900);
    String nested = "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"null\"}}";
    assertRejectedCheaply(oneField(nested), longs(claims));
  }

  @Test
  void survivesBytesThatNestAsDeepAsTheyAreLong() {
    Schema list =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"L\",\"fields\":"
                    + "[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}");
    byte[] value = new byte[1_000_000];
    Arrays.fill(value, (byte) 2);
    assertThat(AvroBytes.decode(SchemaHandle.of(1, list), value))
        .isEqualTo(new Undecodable(Reason.MALFORMED));
  }

  @Test
  void rejectsWrongUnionBranchesEnumsBooleansAndVarints() throws IOException {
    for (String type :
        List.of(
            "[\"null\",\"long\"]",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
            "\"boolean\"")) {
      assertThat(decode(oneField(type), longs(9))).isEqualTo(new Undecodable(Reason.MALFORMED));
      assertThat(decode(oneField(type), longs(-9))).isEqualTo(new Undecodable(Reason.MALFORMED));
    }
    byte[] endless = new byte[30];
    Arrays.fill(endless, (byte) 0xff);
    assertThat(decode(oneField("\"long\""), endless)).isEqualTo(new Undecodable(Reason.MALFORMED));
    assertThat(decode(oneField("\"int\""), longs(1L << 40)))
        .isEqualTo(new Undecodable(Reason.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyDamageIsAnOutcomeAndNeverAnException(long seed) {
    Random random = new Random(seed);
    byte[] good = AvroBytes.encode(HANDLE, record());
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = good.clone();
      for (int hit = 0; hit <= random.nextInt(4); hit++) {
        int at = 5 + random.nextInt(damaged.length - 5);
        damaged[at] = (byte) random.nextInt();
      }
      assertThat(AvroBytes.decode(HANDLE, damaged)).as("seed %d round %d", seed, round).isNotNull();
    }
  }

  private static void assertRejectedCheaply(Schema schema, byte[] avro) {
    decode(schema, avro); // class loading and schema resolution are not the bytes' doing
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Decoding decoding = decode(schema, avro);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(decoding).isInstanceOf(Undecodable.class);
    assertThat(allocated).isLessThan(500_000);
  }

  private static Decoding decode(Schema schema, byte[] avro) {
    SchemaHandle handle = SchemaHandle.of(1, schema);
    byte[] value = new byte[WireFormat.PREFIX_LENGTH + avro.length];
    int start = handle.writePrefix(value, 0);
    System.arraycopy(avro, 0, value, start, avro.length);
    return AvroBytes.decode(handle, value);
  }

  private static byte[] longs(long... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    for (long value : values) {
      encoder.writeLong(value);
    }
    return bytes.toByteArray();
  }

  private static Schema oneField(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"O\",\"fields\":[{\"name\":\"v\",\"type\":"
                + type
                + "}]}");
  }

  private static GenericRecord record() {
    Schema fixed = SCHEMA.getField("x").schema();
    Schema symbols = SCHEMA.getField("e").schema();
    Map<Object, Object> map = new HashMap<>();
    map.put(new Utf8("k"), new Utf8("ü"));
    return new GenericRecordBuilder(SCHEMA)
        .set("flag", true)
        .set("i", Integer.MIN_VALUE)
        .set("l", Long.MIN_VALUE)
        .set("f", -1.5f)
        .set("d", Math.PI)
        .set("s", new Utf8("größer"))
        .set("b", ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .set("x", new GenericData.Fixed(fixed, new byte[] {4, 5, 6}))
        .set("e", new GenericData.EnumSymbol(symbols, "B"))
        .set("a", List.of(1L, -1L, Long.MAX_VALUE))
        .set("m", map)
        .build();
  }
}
