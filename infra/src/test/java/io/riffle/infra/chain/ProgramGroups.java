package io.riffle.infra.chain;

import static org.awaitility.Awaitility.await;

import io.riffle.operations.client.KafkaAdmin;
import io.riffle.schemas.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

/** The consumer groups of Riffle's programs: whether a program is at work again. */
final class ProgramGroups {
  /** The programs that have one. */
  static final List<String> PROGRAMS = List.of("rif-producer", "merge-processor", "connect");

  private final Chain chain;
  private final Topics topics = new Topics("main");

  ProgramGroups(Chain chain) {
    this.chain = chain;
  }

  /** The members of a program's group, once that is at work. */
  Optional<Set<String>> members(String program) throws Exception {
    String group =
        switch (program) {
          case "rif-producer" -> topics.workersGroup();
          case "merge-processor" -> topics.mergeApplicationId();
          default -> "connect-" + topics.sinkConnector();
        };
    try (Admin admin = KafkaAdmin.open(chain.stack().endpoints())) {
      ConsumerGroupDescription found =
          admin.describeConsumerGroups(Set.of(group)).all().get(10, TimeUnit.SECONDS).get(group);
      return Optional.of(found)
          .filter(one -> one.groupState() == GroupState.STABLE)
          .map(
              one ->
                  one.members().stream()
                      .map(MemberDescription::consumerId)
                      .collect(Collectors.toSet()));
    }
  }

  /**
   * Waits until a program's group is at work with new members, and prints how long that took.
   *
   * @param before its members before
   * @param start {@code System.nanoTime()} when it was told to end, or was ended
   */
  void awaitBack(String program, Set<String> before, long start, Duration limit) {
    await(program + " to be back")
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                members(program)
                    .filter(now -> !now.isEmpty() && now.stream().noneMatch(before::contains))
                    .isPresent());
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.out.printf(Locale.ROOT, "%s was back after %d ms%n", program, millis);
  }
}
