package io.riffle.bench.jmh;

import io.riffle.config.Secret;
import io.riffle.producer.hash.HashCache;
import io.riffle.producer.hash.HashConfig;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Keyed hashes of Medicare numbers, 1,000 rounds each. An operation is one text. */
@State(Scope.Thread)
public class Hashes {

  private static final int ROUNDS = 1000;
  private static final int REMEMBERED = 100;

  private HashCache cache;
  private byte[] known;
  private int next;

  @Setup
  public void remember() {
    cache = new HashCache(new HashConfig(Secret.of("6e6f747468657265"), ROUNDS, REMEMBERED));
    known = text(0);
    next = 0;
  }

  /** A number that is met again. */
  @Benchmark
  public byte[] hit() {
    return cache.of(known, 0, known.length);
  }

  /** A number that was never met. */
  @Benchmark
  public byte[] miss() {
    byte[] text = text(++next);
    return cache.of(text, 0, text.length);
  }

  private static byte[] text(int number) {
    return String.format(Locale.ROOT, "%011d", number).getBytes(StandardCharsets.US_ASCII);
  }
}
