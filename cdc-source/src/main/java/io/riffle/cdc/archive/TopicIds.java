package io.riffle.cdc.archive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Which creation of a topic there is under its name. For one thread. */
final class TopicIds {
  private final Admin admin;
  private final Map<String, String> known = new HashMap<>();

  TopicIds(Admin admin) {
    this.admin = admin;
  }

  /** The id as it was when first asked for since {@link #forget}. */
  String known(String topic) {
    return known.computeIfAbsent(
        topic,
        asked -> ask(asked).orElseThrow(() -> new UnknownTopicIdException(asked + " is gone")));
  }

  void forget() {
    known.clear();
  }

  /** The id as it is now; none where there is no such topic. */
  Optional<String> ask(String topic) {
    try {
      return Optional.of(
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get()
              .get(topic)
              .topicId()
              .toString());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException("topic " + topic + " not described", e.getCause());
    }
  }
}
