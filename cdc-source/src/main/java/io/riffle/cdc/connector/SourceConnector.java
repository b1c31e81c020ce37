package io.riffle.cdc.connector;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.guard.Expected;
import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.rules.SourceRules;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration of Debezium for a source: {@code debezium.properties}, and what is its own. */
public final class SourceConnector {
  /** With what the guard in the worker compares the slot. */
  private static final String GUARD = "riffle.guard.";

  private static final TableName NOTHING = new TableName(SourceNames.SCHEMA, "nothing");

  private static final String EPOCH = "transforms.epoch.value.literal";

  private final CdcConfig config;

  public SourceConnector(CdcConfig config) {
    this.config = config;
  }

  /** Its name in Connect. */
  public static String name(Topics topics, String source) {
    return topics.set() + "-cdc-" + source;
  }

  /** Where it tells of its snapshots. */
  public static String notifications(Topics topics, String source) {
    return topics.set() + ".cdc-notifications." + source;
  }

  /** Where its heartbeats go: apart from the change events, which the sink reads. */
  public static String heartbeats(Topics topics, String source) {
    return heartbeatPrefix(topics) + "." + topics.cdc(source);
  }

  private static String heartbeatPrefix(Topics topics) {
    return topics.set() + ".cdc-heartbeat";
  }

  /** Of the epoch that a configuration is of; two epochs never have the same. */
  public static boolean isOfEpoch(Map<String, String> connector, CapturedSource source) {
    return String.valueOf(source.epoch()).equals(connector.get(EPOCH))
        && source
            .made()
            .map(made -> Long.toString(made.slotLsn()))
            .filter(lsn -> lsn.equals(connector.get(GUARD + "slot.lsn")))
            .isPresent();
  }

  /** The same, as if of another epoch: a connector is made with it and begins with nothing. */
  public static Map<String, String> ofNoEpoch(Map<String, String> connector) {
    Map<String, String> other = new TreeMap<>(connector);
    other.put(EPOCH, "0");
    return other;
  }

  /**
   * The configuration.
   *
   * @param source its epoch has a slot
   * @param placeholder see {@link io.riffle.cdc.ledger.Sources#placeholder}
   */
  public Map<String, String> config(
      CapturedSource source, List<CapturedTable> tables, String placeholder) {
    Topics topics = config.topics();
    SourceNames names = new SourceNames(topics.set(), source.name());
    Map<String, String> connector = fixed("debezium.properties");
    connector.put("name", name(topics, source.name()));
    database(source, connector);
    guard(source.expected(names).orElseThrow(), connector);
    connector.put("publication.name", names.publication());
    connector.put("topic.prefix", topics.cdc(source.name()));
    connector.put("topic.heartbeat.prefix", heartbeatPrefix(topics));
    connector.put("heartbeat.interval.ms", Long.toString(config.heartbeat().toMillis()));
    connector.put("heartbeat.action.query", beat(names));
    connector.put("signal.data.collection", names.signals().toString());
    connector.put("notification.sink.topic.name", notifications(topics, source.name()));
    connector.put("table.include.list", included(tables));
    connector.put("column.exclude.list", excluded(tables));
    connector.put("incremental.snapshot.chunk.size", "" + source.spec().chunkRows());
    connector.put("unavailable.value.placeholder", placeholder);
    connector.put(EPOCH, "" + source.epoch());
    connector.put("transforms.placeholder.value.literal", placeholder);
    connector.put("predicates.signal.pattern", signals(topics, source.name(), names));
    converters(connector);
    source.rules().ifPresent(rules -> new SourceRules(rules).addTo(connector, config.secrets()));
    return connector;
  }

  private void database(CapturedSource source, Map<String, String> connector) {
    SourceUrl url = source.spec().url();
    connector.put("database.hostname", url.host());
    connector.put("database.port", "" + url.port());
    connector.put("database.dbname", url.database());
    connector.put("database.user", source.spec().user());
    connector.put("database.password", config.secrets().reference(source.spec().secret()));
    url.options().forEach((key, value) -> connector.put("database." + key, value));
  }

  private static void guard(Expected expected, Map<String, String> connector) {
    connector.put("slot.name", expected.slot());
    connector.put(GUARD + "system", expected.system());
    connector.put(GUARD + "timeline", "" + expected.timeline());
    connector.put(GUARD + "slot.lsn", "" + expected.slotLsn());
  }

  private static String signals(Topics topics, String source, SourceNames names) {
    return SourceTopics.of(topics, source, names.signals()).replace(".", "\\.");
  }

  private static String beat(SourceNames names) {
    return "UPDATE " + names.heartbeat().quoted() + " SET beat = beat + 1, at = clock_timestamp()";
  }

  /** A source whose tables all lack keys has nothing to stream: an empty list would be all. */
  private static String included(List<CapturedTable> tables) {
    String list =
        tables.stream()
            .filter(CapturedTable::hasKey)
            .map(table -> table.name().pattern())
            .collect(Collectors.joining(","));
    return list.isEmpty() ? NOTHING.pattern() : list;
  }

  /**
   * Debezium knows generated columns after some restarts, and stops at them in snapshots that do
   * not name their columns, as they do with any such list.
   */
  private static String excluded(List<CapturedTable> tables) {
    Stream<String> generated =
        tables.stream().flatMap(table -> table.generated().stream().map(table.name()::pattern));
    return Stream.concat(Stream.of(NOTHING.pattern("nothing")), generated)
        .collect(Collectors.joining(","));
  }

  private void converters(Map<String, String> connector) {
    for (String part : List.of("key", "value")) {
      connector.put(part + ".converter.apicurio.registry.url", config.converterRegistry());
    }
  }

  /** A properties file of this package. */
  static Map<String, String> fixed(String file) {
    Properties properties = new Properties();
    try (InputStream in = SourceConnector.class.getResourceAsStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new TreeMap<>();
    properties.forEach((key, value) -> config.put(key.toString(), value.toString()));
    return config;
  }
}
