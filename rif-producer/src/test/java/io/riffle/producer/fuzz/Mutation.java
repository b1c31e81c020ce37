package io.riffle.producer.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.BiFunction;

/** One step away from a good input. */
record Mutation(String name, BiFunction<byte[], Random, byte[]> change) {

  /** A step that sees the input as text of one character a byte. */
  static Mutation ofText(String name, BiFunction<String, Random, String> change) {
    return new Mutation(
        name,
        (bytes, random) ->
            change
                .apply(new String(bytes, StandardCharsets.ISO_8859_1), random)
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  byte[] apply(byte[] input, Random random) {
    return change.apply(input, random);
  }
}
