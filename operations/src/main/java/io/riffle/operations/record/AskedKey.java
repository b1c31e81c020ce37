package io.riffle.operations.record;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/**
 * What is asked for.
 *
 * @param layout of the type whose merged record and tables the key is in
 * @param joining types whose records join it
 * @param number the natural key
 */
public record AskedKey(Layout layout, List<Layout> joining, long number) {

  public AskedKey {
    joining = List.copyOf(joining);
  }

  /**
   * A key as somebody types it. A type that joins another one stands for that one.
   *
   * @throws IllegalArgumentException with a message for the asker, when there is no such type or
   *     the key is no whole number
   */
  public static AskedKey of(Layouts layouts, String type, String key) {
    Layout asked =
        layouts
            .find(type.toUpperCase(Locale.ROOT))
            .orElseThrow(() -> new IllegalArgumentException(unknown(layouts, type)));
    Layout layout = asked.joins().map(layouts::get).orElse(asked);
    List<Layout> joining =
        layouts.all().stream()
            .filter(other -> other.joins().equals(Optional.of(layout.type())))
            .toList();
    return new AskedKey(layout, joining, number(key));
  }

  private static String unknown(Layouts layouts, String type) {
    String types = layouts.all().stream().map(Layout::type).collect(Collectors.joining(", "));
    return "'" + type + "' is no type; there are " + types;
  }

  private static long number(String key) {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + key + "' is no key: a whole number of 64 bits", e);
    }
  }

  /** As on the topics. */
  byte[] bytes() {
    return Long.toString(number).getBytes(StandardCharsets.UTF_8);
  }

  /** Where Kafka's default partitioner puts it. */
  int partition(int partitions) {
    return Utils.toPositive(Utils.murmur2(bytes())) % partitions;
  }

  /** Health data: keys stay out of logs. */
  @Override
  public String toString() {
    return "AskedKey[" + layout.type() + "]";
  }
}
