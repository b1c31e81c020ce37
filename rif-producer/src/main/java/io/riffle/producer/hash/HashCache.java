package io.riffle.producer.hash;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hashes of texts, the most recently used ones remembered: a hash costs a thousand times what the
 * rest of a row does, and a person's numbers come back with each reference year. For one thread.
 */
public final class HashCache implements TextHashes {

  /** Digits of a hash. */
  public static final int DIGITS = 64;

  /** Longer texts are no Medicare numbers, and must not fill the memory. */
  private static final int LONGEST = 64;

  private final KeyedHash hash;
  private final Map<String, byte[]> recent;

  /** An empty cache. */
  public HashCache(HashConfig config) {
    this.hash = new KeyedHash(config);
    this.recent = new Recent(config.cacheSize());
  }

  @Override
  public byte[] of(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return to - from <= LONGEST ? recent.computeIfAbsent(text, hash::of) : hash.of(text);
  }

  private static final class Recent extends LinkedHashMap<String, byte[]> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Recent(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
      return size() > most;
    }
  }
}
