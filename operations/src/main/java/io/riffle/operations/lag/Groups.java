package io.riffle.operations.lag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Groups with committed offsets, by few questions for all of them together. */
final class Groups {
  private static final String CONNECT_PREFIX = "connect-";

  private final Admin admin;

  Groups(Admin admin) {
    this.admin = admin;
  }

  /**
   * Those that were asked for, by name; one that ends meanwhile is left out, and one that Kafka
   * does not tell of.
   *
   * @throws ExecutionException when it tells of none
   */
  List<GroupOffsets> read(Predicate<String> wanted, Unread unread)
      throws ExecutionException, InterruptedException {
    Map<Boolean, List<String>> byStreams =
        admin.listGroups(new ListGroupsOptions()).all().get().stream()
            .filter(group -> wanted.test(group.groupId()))
            .filter(Groups::hasOffsets)
            .collect(
                Collectors.partitioningBy(
                    group -> group.type().filter(GroupType.STREAMS::equals).isPresent(),
                    Collectors.mapping(GroupListing::groupId, Collectors.toList())));
    List<GroupOffsets> groups = new ArrayList<>(consumers(byStreams.get(false), unread));
    groups.addAll(streams(byStreams.get(true), unread));
    unread.throwIfAll(groups.size());
    groups.sort(Comparator.comparing(GroupOffsets::group));
    return groups;
  }

  /** The groups of Connect's workers share connectors, not partitions; shares have no offsets. */
  private static boolean hasOffsets(GroupListing group) {
    return !group.protocol().equals("connect")
        && !group.type().filter(GroupType.SHARE::equals).isPresent();
  }

  private List<GroupOffsets> consumers(List<String> names, Unread unread)
      throws InterruptedException {
    if (names.isEmpty()) {
      return List.of();
    }
    var described = admin.describeConsumerGroups(names).describedGroups();
    var offsets =
        admin.listConsumerGroupOffsets(all(names, name -> new ListConsumerGroupOffsetsSpec()));
    List<GroupOffsets> groups = new ArrayList<>();
    for (String name : names) {
      try {
        ConsumerGroupDescription group = described.get(name).get();
        groups.add(
            new GroupOffsets(
                name,
                kind(name, group.type()),
                group.groupState().name(),
                group.members().size(),
                committed(offsets.partitionsToOffsetAndMetadata(name).get()),
                readers(group.members())));
      } catch (ExecutionException e) {
        addUnlessGone(name, e, unread);
      }
    }
    return groups;
  }

  private List<GroupOffsets> streams(List<String> names, Unread unread)
      throws InterruptedException {
    if (names.isEmpty()) {
      return List.of();
    }
    var described = admin.describeStreamsGroups(names).describedGroups();
    var offsets =
        admin.listStreamsGroupOffsets(all(names, name -> new ListStreamsGroupOffsetsSpec()));
    List<GroupOffsets> groups = new ArrayList<>();
    for (String name : names) {
      try {
        StreamsGroupDescription group = described.get(name).get();
        groups.add(
            new GroupOffsets(
                name,
                GroupKind.STREAMS,
                group.groupState().name(),
                group.members().size(),
                committed(offsets.partitionsToOffsetAndMetadata(name).get()),
                Map.of()));
      } catch (ExecutionException e) {
        addUnlessGone(name, e, unread);
      }
    }
    return groups;
  }

  private static void addUnlessGone(String name, ExecutionException e, Unread unread) {
    if (!(e.getCause() instanceof GroupIdNotFoundException)) {
      unread.add(name, e);
    }
  }

  private static <T> Map<String, T> all(List<String> names, Function<String, T> spec) {
    return names.stream().collect(Collectors.toMap(Function.identity(), spec));
  }

  private static GroupKind kind(String name, GroupType type) {
    if (name.startsWith(CONNECT_PREFIX)) {
      return GroupKind.CONNECT;
    }
    return type == GroupType.CONSUMER ? GroupKind.CONSUMER : GroupKind.CLASSIC;
  }

  private static Map<TopicPartition, Long> committed(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, Long> committed =
        new TreeMap<>(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }

  private static Map<TopicPartition, Member> readers(Collection<MemberDescription> members) {
    Map<TopicPartition, Member> readers = new HashMap<>();
    for (MemberDescription member : members) {
      Member reader =
          new Member(member.consumerId(), member.clientId(), member.host().replaceFirst("^/", ""));
      member.assignment().topicPartitions().forEach(one -> readers.put(one, reader));
    }
    return readers;
  }
}
