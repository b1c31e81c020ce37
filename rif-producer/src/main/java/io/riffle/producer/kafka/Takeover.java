package io.riffle.producer.kafka;

import io.riffle.failure.Failures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a worker whose transaction took too long, which may go on, from one whose name another
 * process has by now, as after a long standstill: going on, it would fence that one. To its
 * producer both look alike; the group knows who has the name.
 */
public final class Takeover {

  private static final Logger log = LoggerFactory.getLogger(Takeover.class);

  private final KafkaConfig config;

  public Takeover(KafkaConfig config) {
    this.config = config;
  }

  /**
   * Asks the group, if the failure is of a producer that was fenced and the member has a name.
   *
   * @throws FencedException if another process is the member of that name
   */
  public void requireNone(ConsumerGroupMetadata member, KafkaException failure) {
    Optional<String> name = member.groupInstanceId();
    if (name.isPresent() && (isSaid(failure) || isFound(failure, member, name.get()))) {
      throw new FencedException(name.get(), failure);
    }
  }

  private static boolean isSaid(KafkaException failure) {
    return Failures.chain(failure).anyMatch(FencedInstanceIdException.class::isInstance);
  }

  private boolean isFound(KafkaException failure, ConsumerGroupMetadata member, String name) {
    return isFenced(failure) && isReplaced(member, name);
  }

  private static boolean isFenced(KafkaException failure) {
    return Failures.chain(failure)
        .anyMatch(
            one ->
                one instanceof ProducerFencedException
                    || one instanceof InvalidProducerEpochException);
  }

  private boolean isReplaced(ConsumerGroupMetadata member, String name) {
    try (Admin admin = config.openAdmin()) {
      return admin
          .describeConsumerGroups(List.of(member.groupId()))
          .all()
          .get()
          .get(member.groupId())
          .members()
          .stream()
          .filter(found -> found.groupInstanceId().equals(Optional.of(name)))
          .map(MemberDescription::consumerId)
          .anyMatch(id -> !id.equals(member.memberId()));
    } catch (ExecutionException e) {
      log.atDebug().setCause(e).log("the group does not say who has the name");
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
