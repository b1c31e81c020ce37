package io.riffle.merge.topology;

import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.TopicPlan;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.WireReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the topology: one sub-topology for each type, so that types merge independently. A type
 * that joins another one is part of that one's: its processor shares the stores and the sinks.
 */
public final class MergeTopology {
  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(TopicPlan.MAX_MESSAGE_BYTES));

  private final Topics topics;
  private final SchemaRegistry registry;
  private final WireReader wire;
  private final int maxRecordBytes;

  /**
   * @param maxRecordBytes longest merged record or state; a record that would exceed it is rejected
   */
  public MergeTopology(Topics topics, SchemaRegistry registry, int maxRecordBytes) {
    this.topics = topics;
    this.registry = registry;
    this.wire = new WireReader(registry, WireReader.WithoutFingerprint.REJECT);
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * The topology of these types; registers the schemas that it writes.
   *
   * @param layouts with each type that joins another one also that one
   * @throws io.riffle.schemas.registry.RegistryException if the registry is away or refuses
   */
  public Topology build(Collection<Layout> layouts, StreamsConfig config) {
    Topology topology = new Topology(new TopologyConfig(config));
    layouts.stream()
        .filter(layout -> layout.joins().isEmpty())
        .forEach(layout -> add(layout, joining(layouts, layout.type()), topology));
    return topology;
  }

  private static List<Layout> joining(Collection<Layout> layouts, String type) {
    return layouts.stream().filter(layout -> layout.joins().equals(Optional.of(type))).toList();
  }

  private void add(Layout layout, List<Layout> joining, Topology topology) {
    TypeNames names = TypeNames.of(layout);
    TypeSchemas schemas = TypeSchemas.register(registry, wire, topics, layout);
    List<String> processors = new ArrayList<>();
    processors.add(addProcessor(layout, schemas, topology));
    joining.forEach(joiner -> processors.add(addProcessor(joiner, schemas, topology)));
    String[] parents = processors.toArray(String[]::new);
    topology
        .addStateStore(store(names.keys()), parents)
        .addStateStore(store(names.totals()).withCachingEnabled(), parents);
    addSink(topology, names.merged(), topics.merged(layout), parents);
    addSink(topology, names.parked(), topics.parked(), parents);
    addSink(topology, names.rejects(), topics.rejects(), parents);
  }

  /** Adds what reads the raw topic of a type; its name. */
  private String addProcessor(Layout layout, TypeSchemas schemas, Topology topology) {
    TypeNames names = TypeNames.of(layout);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    topology
        .addSource(names.source(), bytes, bytes, topics.rif(layout))
        .addProcessor(
            names.processor(),
            () -> new TypeMerge(layout, schemas, names, maxRecordBytes),
            names.source());
    return names.processor();
  }

  /**
   * Without a cache, unless one is added. States of keys rarely repeat within a commit, so a cache
   * costs more than it saves; totals repeat with every record, so theirs is what keeps them from
   * doubling the changelog. Nothing is forwarded from a cache, so no barrier can overtake.
   */
  private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG)
        .withCachingDisabled();
  }

  private static void addSink(Topology topology, String name, String topic, String[] parents) {
    topology.addSink(
        name, topic, new ByteArraySerializer(), Outgoing.SERIALIZER, Outgoing.PARTITIONER, parents);
  }
}
