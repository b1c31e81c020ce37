package io.riffle.schemas.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Schema text to {@link Schema}, within bounds. Only text that our own registry gave out for an id
 * comes here; names are held to the specification's letters and digits, and the text cannot nest
 * deeply enough to exhaust a stack.
 */
final class AvroText {
  /** The widest layout has some 700 fields and stays under 200 kB. */
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private static final JsonFactory BOUNDED =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
          .build();

  private AvroText() {}

  /**
   * Parses one self-contained schema.
   *
   * @throws IllegalArgumentException if it is too large or not a valid Avro schema
   */
  static Schema parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException("schema text is larger than " + MAX_CHARACTERS);
    }
    try {
      skim(text);
      return new Schema.Parser(NameValidator.STRICT_VALIDATOR).parse(text);
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException("not a valid Avro schema", e);
    }
  }

  private static void skim(String text) throws IOException {
    try (JsonParser parser = BOUNDED.createParser(text)) {
      while (parser.nextToken() != null) {
        // The parser throws where the text nests too deeply or is not JSON.
      }
    }
  }
}
