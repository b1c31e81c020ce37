package io.riffle.operations.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.operations.record.KeyTrace.Traced;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An answer about a record as an object for programs. */
public final class RecordJson {
  private final RecordAnswer answer;
  private final Optional<Integer> line;
  private final int limit;
  private final boolean noValues;

  /**
   * @param line the only line, or year, to show
   * @param limit most deliveries
   * @param noValues neither values nor the key
   */
  public RecordJson(RecordAnswer answer, Optional<Integer> line, int limit, boolean noValues) {
    this.answer = answer;
    this.line = line;
    this.limit = limit;
    this.noValues = noValues;
  }

  /** All that is known; {@code null} stands for what is not. */
  public ObjectNode object() {
    Conclusion conclusion = Conclusion.of(answer);
    ObjectNode object = new ObjectMapper().createObjectNode();
    object.put("type", answer.key().layout().type());
    if (!noValues) {
      object.put("key", answer.key().number());
    }
    object.put("partition", answer.partition());
    object.put("verdict", conclusion.verdict().name()).put("text", conclusion.text());
    stored(object);
    object
        .putObject("lag")
        .put("toMerge", answer.lag().toMerge())
        .put("mergeBehind", answer.lag().mergeBehind())
        .put("toStore", answer.lag().toStore())
        .put("sinkBehind", answer.lag().sinkBehind());
    answer.windows().forEach(window -> window(window, object.withArray("seen").addObject()));
    fields(object.putArray("fields"));
    deliveries(object.putArray("deliveries"));
    ArrayNode parked = object.putArray("parked");
    answer.waiting().forEach(field -> waiting(field, parked.addObject()));
    ArrayNode rejects = object.putArray("rejects");
    answer.rejects().forEach(reject -> reject(reject, rejects.addObject()));
    return object;
  }

  private void stored(ObjectNode object) {
    StoredRecord stored = answer.stored();
    object.putNull("row").putNull("deleted");
    stored
        .version()
        .ifPresent(
            version ->
                object
                    .putObject("row")
                    .put("generation", version.generation())
                    .put("offset", version.offset())
                    .put("lastUpdated", text(version.lastUpdated())));
    stored
        .deleted()
        .ifPresent(
            deleted ->
                object
                    .putObject("deleted")
                    .put("generation", deleted.generation())
                    .put("offset", deleted.offset())
                    .put("at", deleted.at().toString())
                    .put("version", answer.deleted().map(Version::text).orElse(null)));
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  private static void window(Window window, ObjectNode node) {
    node.put("topic", window.topic()).put("partition", window.partition());
    node.put("oldest", window.oldest()).put("from", window.from()).put("to", window.to());
    node.put("since", text(window.since()));
    node.put("complete", window.isComplete()).put("cut", window.isCut());
  }

  private void fields(ArrayNode fields) {
    answer.fields().stream()
        .filter(field -> line.isEmpty() || field.row().isOf(line.get()))
        .forEach(field -> field(field, fields.addObject()));
  }

  private void field(FieldAnswer field, ObjectNode node) {
    node.put("row", field.row().kind().text()).put("label", field.row().label());
    node.put("column", field.column()).put("inTable", field.inTable());
    node.put("standing", field.standing().name()).put("inherited", field.isInherited());
    if (!noValues) {
      node.put("value", field.value().orElse(null));
      value("written", field.written(), node);
      value("delivered", field.delivered(), node);
    }
    Optional<Setter> setter = field.setBy().map(answer::setter);
    node.put("patch", setter.filter(Setter::isPatch).isPresent());
    if (setter.isPresent()) {
      setter(setter.get(), node.putObject("setBy"));
    } else {
      node.putNull("setBy");
      node.put("before", field.isOfNobody() ? null : text(answer.since()));
    }
  }

  private static void value(String name, Optional<MergedImage.Field> field, ObjectNode node) {
    field.ifPresent(f -> node.put(name, f.value().orElse(null)));
  }

  private void setter(Setter setter, ObjectNode node) {
    version(setter.version(), node);
    node.put("manifest", setter.file().map(SourceFile::manifest).orElse(null));
    node.put("file", setter.file().map(SourceFile::name).orElse(null));
    node.put("fileId", setter.file().map(SourceFile::id).orElse(null));
    node.put("merge", setter.isPatch());
    Optional<Origin> origin = setter.delivery().flatMap(traced -> traced.delivery().origin());
    node.put("attempt", origin.map(Origin::attempt).orElse(null));
    node.put("line", origin.map(Origin::line).orElse(null));
    node.put("offset", setter.delivery().map(traced -> traced.delivery().offset()).orElse(null));
    node.put("delivered", setter.delivery().map(t -> t.delivery().time().toString()).orElse(null));
    node.put("before", setter.delivery().isPresent() ? null : text(answer.since()));
  }

  private static void version(Version version, ObjectNode node) {
    node.put("instant", Version.toInstant(version.instant()).toString());
    node.put("feed", version.feed()).put("sequence", version.sequence());
    node.put("entry", version.entry()).put("record", version.record());
  }

  private void deliveries(ArrayNode deliveries) {
    List<Traced> all = answer.trace().deliveries();
    all.subList(Math.max(0, all.size() - limit), all.size())
        .forEach(traced -> delivery(traced, deliveries.addObject()));
  }

  private void delivery(Traced traced, ObjectNode node) {
    node.put("topic", traced.delivery().topic()).put("offset", traced.delivery().offset());
    node.put("delivered", traced.delivery().time().toString());
    node.put("kind", traced.delivery().word()).put("outcome", traced.fate().name());
    node.put("redriven", traced.delivery().redriven());
    traced.delivery().origin().ifPresent(origin -> origin(origin, node.putObject("record")));
  }

  private void origin(Origin origin, ObjectNode node) {
    version(origin.version(), node);
    Setter setter = answer.setter(origin.version());
    node.put("manifest", setter.file().map(SourceFile::manifest).orElse(null));
    node.put("file", setter.file().map(SourceFile::name).orElse(null));
    node.put("fileId", origin.file()).put("attempt", origin.attempt());
    node.put("line", origin.line()).put("rows", origin.rows());
  }

  private void waiting(WaitingField field, ObjectNode node) {
    node.put("line", field.line().orElse(null)).put("column", field.column());
    if (!noValues) {
      node.put("value", field.value().orElse(null));
    }
    setter(answer.setter(field.setBy()), node.putObject("setBy"));
  }

  private static void reject(KeyReject reject, ObjectNode node) {
    node.put("id", reject.id()).put("stage", reject.stage()).put("reason", reject.reason());
    node.put("status", reject.status()).put("fileId", reject.file().orElse(null));
    node.put("attempt", reject.attempt()).put("record", reject.record()).put("line", reject.line());
  }
}
