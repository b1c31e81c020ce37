package io.riffle.chaos.stack;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

/** The consumer group of each of Riffle's programs: who is in it, and whether it is at work. */
final class Members {

  private static final int PATIENCE_SECONDS = 6;

  private final Endpoints endpoints;
  private final Map<String, String> groups;

  Members(Endpoints endpoints) {
    Topics topics = new Topics(endpoints.set().text());
    this.endpoints = endpoints;
    this.groups =
        Map.of(
            "rif-producer", topics.workersGroup(),
            "merge-processor", topics.mergeApplicationId(),
            "connect", "connect-" + topics.sinkConnector());
  }

  /** Whether a service has a group. */
  boolean has(String service) {
    return groups.containsKey(service);
  }

  /** Ids of a service's members now; none when Kafka does not answer. */
  Set<String> now(String service) {
    return describe(service).map(Members::ids).orElse(Set.of());
  }

  /** Whether a service's group is at work, without any of the members it had before. */
  boolean anew(String service, Set<String> before) {
    return describe(service)
        .filter(group -> group.groupState() == GroupState.STABLE)
        .map(Members::ids)
        .filter(ids -> !ids.isEmpty() && ids.stream().noneMatch(before::contains))
        .isPresent();
  }

  private Optional<ConsumerGroupDescription> describe(String service) {
    if (!has(service)) {
      return Optional.empty();
    }
    String group = groups.get(service);
    try (Admin admin = KafkaAdmin.open(endpoints)) {
      return Optional.of(
          admin
              .describeConsumerGroups(Set.of(group))
              .all()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .get(group));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty(); // Kafka is down: nobody is at work
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Set<String> ids(ConsumerGroupDescription group) {
    Set<String> ids = new TreeSet<>();
    group.members().stream().map(MemberDescription::consumerId).forEach(ids::add);
    return ids;
  }
}
