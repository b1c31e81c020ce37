package io.riffle.infra.chain.canary;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/** What Kafka tells of its clients: topics, groups, members, transactional ids. */
final class KafkaNames {

  private KafkaNames() {}

  /** All topics, Kafka's own too. */
  static Collection<String> topics(Endpoints endpoints)
      throws InterruptedException, ExecutionException {
    try (Admin admin = KafkaAdmin.open(endpoints, Duration.ofSeconds(30))) {
      return admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
    }
  }

  static Sightings of(Endpoints endpoints) throws InterruptedException, ExecutionException {
    Sightings sightings = new Sightings();
    try (Admin admin = KafkaAdmin.open(endpoints, Duration.ofSeconds(30))) {
      for (String topic : topics(endpoints)) {
        sightings.look("topic", topic);
      }
      Collection<GroupListing> groups = admin.listGroups().all().get();
      for (GroupListing group : groups) {
        sightings.look("group", group.toString());
      }
      for (GroupListing group : groups) {
        sightings.look("group " + group.groupId(), members(admin, group.groupId()));
      }
      for (GroupListing group : groups) {
        sightings.look(
            "offsets of " + group.groupId(),
            admin
                .listConsumerGroupOffsets(group.groupId())
                .partitionsToOffsetAndMetadata()
                .get()
                .toString());
      }
      sightings.look("transactions", admin.listTransactions().all().get().toString());
    }
    return sightings;
  }

  /** Connect's own group has another protocol. */
  private static String members(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get() + "";
    } catch (ExecutionException e) {
      return admin.describeClassicGroups(List.of(group)).describedGroups().get(group).get() + "";
    }
  }
}
