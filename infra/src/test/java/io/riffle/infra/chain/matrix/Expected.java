package io.riffle.infra.chain.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What must become of a data set's first file, or of its manifest.
 *
 * @param manifestOnly whether no file of it is in the ledger
 * @param detail what the ledger's text must name
 * @param hides what it must not show
 * @param counts totals; empty when the file is not loaded
 * @param keys rows of the data set's keys in the table of record
 * @param rejects as {@code line 3, column SRVC_DT: NOT_A_DATE}; {@code #} is a line that generated
 *     values decide
 * @param stored fields in the table of record
 * @param queries SQL with one number as its answer
 */
record Expected(
    String state,
    Optional<String> reason,
    boolean manifestOnly,
    List<String> detail,
    List<String> hides,
    Optional<Counts> counts,
    long keys,
    List<String> rejects,
    List<Stored> stored,
    List<Query> queries) {

  /** Totals of a loaded file. */
  record Counts(
      long records,
      long applied,
      long older,
      long duplicate,
      long parked,
      long rejected,
      long repeated) {}

  /**
   * A field in the table of record.
   *
   * @param key the row's key; empty for the key of the record with that number
   * @param is as Postgres writes it; empty for null
   */
  record Stored(Optional<Long> key, int record, String column, Optional<String> is) {}

  /** A question to the database; {@code ${key:2}} is the key of the second record. */
  record Query(String sql, long is) {}

  static Expected read(JsonNode node, int records) {
    String state = node.path("state").asText("COMPLETED");
    List<String> rejects = texts(node.path("rejects"));
    Optional<Counts> counts =
        state.startsWith("COMPLETED")
            ? Optional.of(counts(node, records, rejects.size()))
            : Optional.empty();
    return new Expected(
        state,
        Optional.ofNullable(node.get("reason")).map(JsonNode::asText),
        node.path("manifest-only").asBoolean(),
        texts(node.path("detail")),
        texts(node.path("hides")),
        counts,
        node.path("keys").asLong(counts.map(Counts::applied).orElse(0L)),
        rejects,
        all(node.path("stored")).stream().map(Expected::stored).toList(),
        all(node.path("sql")).stream()
            .map(query -> new Query(query.get("query").asText(), query.get("is").asLong()))
            .toList());
  }

  private static Counts counts(JsonNode node, int generated, int rejects) {
    long records = node.path("records").asLong(generated);
    long rejected = node.path("rejected").asLong(rejects);
    long older = node.path("older").asLong();
    long duplicate = node.path("duplicate").asLong();
    long parked = node.path("parked").asLong();
    long applied = records - rejected - older - duplicate - parked;
    long repeated = node.path("repeated").asLong();
    return new Counts(records, applied, older, duplicate, parked, rejected, repeated);
  }

  private static Stored stored(JsonNode node) {
    return new Stored(
        Optional.ofNullable(node.get("key")).map(JsonNode::asLong),
        node.path("record").asInt(),
        node.path("column").asText(),
        node.get("is").isNull() ? Optional.empty() : Optional.of(node.get("is").asText()));
  }

  private static List<String> texts(JsonNode list) {
    return all(list).stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> all(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
