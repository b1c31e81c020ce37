package io.riffle.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.fuzz.ExpectedFile;
import io.riffle.producer.rif.Outcome;
import io.riffle.schemas.control.ControlCodec;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.wire.Decoding.Decoded;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Everything that a producer has put on topics, by file, in the words of {@link Outcome}. */
final class FuzzedTopics {

  private final Map<Long, List<String>> outcomes = new HashMap<>();
  private final Map<Long, Long> promised = new HashMap<>();

  FuzzedTopics(ProducerStack stack) {
    for (Layout layout : Layouts.load().all()) {
      RawTopic raw = new RawTopic(stack, stack.topics().rif(layout));
      raw.data.forEach(found -> add(found.origin().file(), summary(found)));
      raw.barriers.forEach(
          found -> promised.merge(found.value().file(), found.value().records(), Long::sum));
    }
    WireReader reader = new WireReader(stack.registry().client(), WithoutFingerprint.REJECT);
    stack
        .kafka()
        .readAll(stack.topics().rejects())
        .forEach(
            record -> {
              Decoded decoded = (Decoded) reader.decode(record.value(), record.headers());
              Reject reject = ControlCodec.of(Reject.class).fromAvro(decoded.record());
              add(reject.file().orElseThrow(), summary(reject));
            });
  }

  private void add(long file, String summary) {
    outcomes.computeIfAbsent(file, key -> new ArrayList<>()).add(summary);
  }

  /** Files that have anything there. */
  Set<Long> files() {
    Set<Long> files = new HashSet<>(outcomes.keySet());
    files.addAll(promised.keySet());
    return files;
  }

  /**
   * Holds one file against what must come of it: every record of it is on a topic or among the
   * rejects, once, and the ledger has their numbers; or nothing is anywhere, and there is a reason.
   */
  void check(String set, FuzzedRow file, ExpectedFile expected) {
    assertThat(file.state()).as(set).startsWith(expected.state());
    List<String> found = outcomes.getOrDefault(file.id(), List.of());
    List<String> wanted = expected.outcomes().stream().map(FuzzedTopics::summary).toList();
    assertThat(found).as(set).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(promised.containsKey(file.id())).as(set).isEqualTo(expected.published());
    if (expected.published()) {
      assertThat(file.counts()).as(set).isEqualTo(counts(expected));
      assertThat(promised.get(file.id())).as(set).isEqualTo(accepted(expected).size());
    }
  }

  private static String counts(ExpectedFile expected) {
    List<Outcome> accepted = accepted(expected);
    List<Outcome> rejected =
        expected.outcomes().stream().filter(Outcome.Rejected.class::isInstance).toList();
    assertThat(expected.lines()).isEqualTo(1 + rows(expected.outcomes()));
    return String.format(
        Locale.ROOT,
        "%d/%d/%d/%d/%d/%d",
        expected.lines(),
        rows(accepted),
        rows(rejected),
        expected.outcomes().size(),
        accepted.size(),
        rejected.size());
  }

  private static List<Outcome> accepted(ExpectedFile expected) {
    return expected.outcomes().stream()
        .filter(outcome -> !(outcome instanceof Outcome.Rejected))
        .toList();
  }

  private static long rows(List<Outcome> outcomes) {
    return outcomes.stream().mapToLong(Outcome::rows).sum();
  }

  private static String summary(Outcome outcome) {
    return outcome instanceof Outcome.Accepted accepted
        ? place(accepted.number(), accepted.line(), accepted.rows())
            + " accepted "
            + accepted.key()
            + " "
            + values(accepted.record())
        : outcome.summary();
  }

  private static String summary(RawTopic.Data found) {
    var origin = found.origin();
    String place = place(origin.version().record(), origin.line(), origin.rows());
    return found.avro().getSchema().getName().equals("RifDelete")
        ? place + " deleted " + found.key()
        : place + " accepted " + found.key() + " " + values(found.avro());
  }

  private static String summary(Reject reject) {
    return String.join(
        " ",
        place(reject.record(), reject.line(), reject.rows()),
        "rejected",
        reject.reason(),
        reject.column().orElse("-"),
        "at",
        Long.toString(reject.at()),
        StandardCharsets.ISO_8859_1.decode(reject.raw().duplicate()));
  }

  private static String place(long number, long line, long rows) {
    return number + " line " + line + " rows " + rows;
  }

  /** All fields but the origin, which has the numbers of the load. */
  private static String values(GenericRecord record) {
    return record.getSchema().getFields().stream()
        .skip(1)
        .map(Schema.Field::pos)
        .map(position -> String.valueOf(record.get(position)))
        .collect(Collectors.joining("|"));
  }
}
