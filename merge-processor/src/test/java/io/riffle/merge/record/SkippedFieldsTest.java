package io.riffle.merge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.merge.rule.Slice;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs of fields are skipped as they are one by one, and no byte that lies is believed. */
class SkippedFieldsTest {
  private static final int RECORDS = 2_000;
  private static final int LONGEST = 300; // bytes: its length takes two

  @Test
  void runEndsWhereItsFieldsEndOneByOne() {
    for (int seed = 0; seed < RECORDS; seed++) {
      FieldCode[] codes = codes(new Random(seed));
      AvroOutput out = new AvroOutput(0);
      int[] ends = new int[codes.length + 1];
      for (int i = 0; i < codes.length; i++) {
        write(codes[i], new Random(seed + i), out);
        ends[i + 1] = out.length();
      }

      AvroInput whole = new AvroInput(out.toBytes(), 0);
      whole.skipFields(codes, 0, codes.length);
      int half = codes.length / 2;
      AvroInput secondHalf = new AvroInput(out.toBytes(), ends[half]);
      secondHalf.skipFields(codes, half, codes.length);

      assertThat(whole.atEnd()).as("seed %s", seed).isTrue();
      assertThat(secondHalf.atEnd()).as("seed %s, second half", seed).isTrue();
    }
  }

  @Test
  void everyMissingEndIsNoticed() {
    for (int seed = 0; seed < RECORDS / 20; seed++) {
      FieldCode[] codes = codes(new Random(seed));
      AvroOutput out = new AvroOutput(0);
      for (FieldCode code : codes) {
        write(code, new Random(seed), out);
      }
      for (int length = 0; length < out.length(); length++) {
        AvroInput cut = new AvroInput(Arrays.copyOf(out.toBytes(), length), 0);
        assertThatThrownBy(() -> cut.skipFields(codes, 0, codes.length))
            .as("seed %s, %s bytes", seed, length)
            .isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void branchesAndLengthsThatCannotBeAreRefused() {
    refused(FieldCode.OPTIONAL_NUMBER, 4, 2);
    refused(FieldCode.OPTIONAL_BYTES, 1, 0);
    refused(FieldCode.OPTIONAL_BYTES, 2, 3, 0, 0, 0);
    refused(FieldCode.BYTES, 1, 0, 0);
    refused(FieldCode.BYTES, 126, 0, 0);
    refused(FieldCode.NUMBER, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0);
  }

  private static void refused(FieldCode code, int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    AvroInput in = new AvroInput(value, 0);
    assertThatThrownBy(() -> in.skipFields(new FieldCode[] {code}, 0, 1))
        .isInstanceOf(MalformedException.class);
  }

  private static FieldCode[] codes(Random random) {
    FieldCode[] all = FieldCode.values();
    return random
        .ints(1 + random.nextInt(12), 0, all.length)
        .mapToObj(code -> all[code])
        .toArray(FieldCode[]::new);
  }

  private static void write(FieldCode code, Random random, AvroOutput out) {
    if (code.optional() && random.nextBoolean()) {
      out.writeLong(0);
      return;
    }
    if (code.optional()) {
      out.writeLong(1);
    }
    if (code.number()) {
      out.writeLong(random.nextLong() >> random.nextInt(Long.SIZE));
    } else {
      byte[] value =
          new byte[random.nextInt(10) == 0 ? random.nextInt(LONGEST) : random.nextInt(9)];
      random.nextBytes(value);
      out.writeBytes(Slice.of(value));
    }
  }
}
