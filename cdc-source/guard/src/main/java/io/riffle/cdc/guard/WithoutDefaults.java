package io.riffle.cdc.guard;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * A Connect transform that takes the DEFAULT of columns out of Debezium's events. Kafka's structs,
 * and with them converters and transforms, give a field's default where its value is null: a NULL
 * in the source would arrive as the column's DEFAULT. It stands before whatever reads rows.
 *
 * <p>Events of tables without such columns pass as they are, and so do keys, which have no nulls.
 * One thread at a time, as Connect has it.
 *
 * @param <R> records of a source
 */
public final class WithoutDefaults<R extends ConnectRecord<R>> implements Transformation<R> {
  /** By topic the last one: Debezium makes a table's schema once, and again when it changes. */
  private final Map<String, BareStruct> events = new HashMap<>();

  @Override
  public R apply(R event) {
    if (!(event.value() instanceof Struct envelope)) {
      return event;
    }
    BareStruct known = events.get(event.topic());
    if (known == null || !known.isOf(envelope.schema())) {
      known = BareStruct.ofEnvelope(envelope.schema());
      events.put(event.topic(), known);
    }
    if (!known.isOther()) {
      return event;
    }
    Struct bare = known.of(envelope);
    return event.newRecord(
        event.topic(),
        event.kafkaPartition(),
        event.keySchema(),
        event.key(),
        bare.schema(),
        bare,
        event.timestamp(),
        event.headers());
  }

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public void configure(Map<String, ?> config) {
    events.clear();
  }

  @Override
  public void close() {
    events.clear();
  }
}
