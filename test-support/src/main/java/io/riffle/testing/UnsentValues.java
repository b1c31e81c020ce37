package io.riffle.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What Debezium 3.6.3 sends in place of a value that it was not given (unchanged TOAST), by the
 * type of the column. All that reads events has to know the same ones.
 */
public final class UnsentValues {
  private UnsentValues() {}

  /** Of texts: as it is, as JSON, as an hstore that is sent as JSON. */
  public static List<String> texts(String placeholder) {
    String json = "\"" + placeholder + "\"";
    return List.of(placeholder, json, "{" + json + ":" + json + "}");
  }

  /** Of bytea. */
  public static byte[] bytes(String placeholder) {
    return placeholder.getBytes(StandardCharsets.UTF_8);
  }

  /** Of arrays of integers: its bytes, as numbers. */
  public static List<Integer> numbers(String placeholder) {
    byte[] bytes = bytes(placeholder);
    return IntStream.range(0, bytes.length).mapToObj(i -> (int) bytes[i]).toList();
  }

  /** Of arrays of texts, and of uuids. */
  public static List<List<String>> arrays(String placeholder) {
    String uuid = UUID.nameUUIDFromBytes(bytes(placeholder)).toString();
    return List.of(List.of(placeholder), List.of(uuid));
  }

  /** What is like one, and is a value. */
  public static List<Object> others(String placeholder) {
    return List.of(
        placeholder + "x",
        "",
        "\0",
        "00",
        new byte[] {0},
        new byte[0],
        List.of(),
        List.of(""),
        Arrays.asList((Object) null),
        List.of(0),
        List.of(placeholder, placeholder));
  }
}
