package io.riffle.cdc.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What a file holds; written after it, so that a file with a manifest is whole.
 *
 * @param format of file and manifest; 1
 * @param topicId of Kafka: offsets mean nothing without it
 * @param day of the source's commits, UTC
 * @param bytes and {@code sha256} of the compressed file
 * @param columns names in the source, in its order
 * @param placeholder of values that were not sent
 * @param obfuscated whether every row has passed rules of obfuscation, or holds no value
 * @param constants of the events' {@code source} block: connector, version, database
 * @param keySchema of the topic's keys, null where they have none; Avro
 * @param valueSchema of the events; Avro
 * @param skipped records of the run that are not in the file, and why
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Manifest(
    int format,
    String set,
    String source,
    String schema,
    String table,
    String topic,
    String topicId,
    int partition,
    String day,
    String file,
    long rows,
    long bytes,
    String sha256,
    long firstOffset,
    long lastOffset,
    Position first,
    Position last,
    List<String> columns,
    String placeholder,
    boolean obfuscated,
    Map<String, String> constants,
    JsonNode keySchema,
    JsonNode valueSchema,
    List<Skipped> skipped) {

  static final int FORMAT = 1;
  static final String ENDING = ".manifest.json";
  static final String FILE_ENDING = ".csv.gz";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A record that is not in the file. */
  record Skipped(long offset, String reason) {}

  byte[] toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a manifest can be written", e);
    }
  }

  static Manifest parse(byte[] json) throws IOException {
    return JSON.readValue(json, Manifest.class);
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a schema is JSON", e);
    }
  }
}
