package io.riffle.infra.chain.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Bytes as text, one character for each byte: so lines and fields can be edited whatever their
 * encoding is, or is not.
 */
public final class ByteText {

  private ByteText() {}

  static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /**
   * What a case writes: text is UTF-8, {@code {hex: c0af}} any bytes, {@code {repeat: x, times: n}}
   * what is too large for a data file, a list one after the other.
   */
  static String of(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(ByteText::of)
          .collect(Collectors.joining());
    } else if (value.has("hex")) {
      return of(HexFormat.of().parseHex(value.get("hex").asText()));
    } else if (value.has("repeat")) {
      return of(value.get("repeat")).repeat(value.get("times").asInt());
    }
    return of(value.asText().getBytes(UTF_8));
  }
}
