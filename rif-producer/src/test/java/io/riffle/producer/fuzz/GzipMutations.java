package io.riffle.producer.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Steps on gzip members, and on what is in them. */
final class GzipMutations {

  private static final int BOMB_BYTES = 17 << 20;

  private GzipMutations() {}

  /** Steps on gzip of a file, those of the file itself included. */
  static List<Mutation> of(Subject file) {
    List<Mutation> steps = new ArrayList<>();
    file.steps().forEach(step -> steps.add(inside(step)));
    steps.add(new Mutation("cut the end", GzipMutations::cut));
    steps.add(new Mutation("bytes behind the end", GzipMutations::trail));
    steps.add(new Mutation("a member twice", (bytes, random) -> join(bytes, bytes)));
    steps.add(new Mutation("an empty member", (bytes, random) -> join(bytes, gzip(new byte[0]))));
    steps.add(new Mutation("gzip in gzip", (bytes, random) -> gzip(bytes)));
    steps.add(new Mutation("a bomb behind", GzipMutations::bomb));
    steps.add(new Mutation("a bomb behind", GzipMutations::bomb));
    steps.add(new Mutation("a flag", GzipMutations::flag));
    return steps;
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Decompresses, takes the step, compresses; leaves damaged gzip as it is. */
  private static Mutation inside(Mutation step) {
    return new Mutation(
        "inside: " + step.name(),
        (bytes, random) -> {
          try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip(step.apply(in.readNBytes(1 << 20), random));
          } catch (IOException e) {
            return bytes;
          }
        });
  }

  private static byte[] cut(byte[] bytes, Random random) {
    return Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - random.nextInt(40)));
  }

  private static byte[] trail(byte[] bytes, Random random) {
    byte[] tail = new byte[1 + random.nextInt(40)];
    if (random.nextBoolean()) {
      random.nextBytes(tail);
    }
    return join(bytes, tail);
  }

  /** The flags of the first member: texts, sizes and sums that are not there. */
  private static byte[] flag(byte[] bytes, Random random) {
    byte[] flagged = bytes.clone();
    if (flagged.length > 3) {
      flagged[3] |= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flagged;
  }

  private static byte[] bomb(byte[] bytes, Random random) {
    byte[] zeros = new byte[BOMB_BYTES];
    Arrays.fill(zeros, (byte) (random.nextBoolean() ? '\n' : 'x'));
    return join(bytes, gzip(zeros));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
