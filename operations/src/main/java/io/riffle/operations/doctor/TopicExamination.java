package io.riffle.operations.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether topics are there, whole, and as they were planned. */
final class TopicExamination {
  private static final int SAFE_CLUSTER = 3;

  private final Admin admin;

  TopicExamination(Admin admin) {
    this.admin = admin;
  }

  void examine(List<NewTopic> plan, int brokers, Findings findings)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> there = describe(plan);
    Map<String, Config> settings = settings(there.keySet());
    int good = 0;
    for (NewTopic planned : plan) {
      TopicDescription topic = there.get(planned.name());
      if (topic == null) {
        findings.fail("topic " + planned.name() + " is missing", "riffle setup makes it");
      } else {
        boolean whole = isWhole(topic, brokers, findings);
        boolean asPlanned = isAsPlanned(planned, topic, settings.get(planned.name()), findings);
        good += whole && asPlanned ? 1 : 0;
      }
    }
    findings.ok(good + " of " + plan.size() + " topics are there and as planned");
  }

  private Map<String, TopicDescription> describe(List<NewTopic> plan)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> there = new TreeMap<>();
    var answers =
        admin
            .describeTopics(
                plan.stream().map(NewTopic::name).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (var answer : answers.entrySet()) {
      try {
        there.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return there;
  }

  private Map<String, Config> settings(Set<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Config> settings = new HashMap<>();
    admin
        .describeConfigs(
            topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList())
        .all()
        .get()
        .forEach((resource, config) -> settings.put(resource.name(), config));
    return settings;
  }

  private static boolean isWhole(TopicDescription topic, int brokers, Findings findings) {
    long leaderless = topic.partitions().stream().filter(one -> one.leader() == null).count();
    long behind =
        topic.partitions().stream().filter(one -> one.isr().size() < one.replicas().size()).count();
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (leaderless > 0) {
      findings.fail(
          topic.name() + ": " + leaderless + " partitions have no leader", "start their brokers");
    } else if (behind > 0) {
      findings.warn(
          topic.name() + ": " + behind + " partitions lack copies", "look at the brokers' logs");
    } else if (brokers >= SAFE_CLUSTER && topic.partitions().get(0).replicas().size() == 1) {
      findings.warn(topic.name() + " has one copy only", "kafka-reassign-partitions adds copies");
    } else if (allowed != null
        && !(allowed.contains(AclOperation.READ) && allowed.contains(AclOperation.WRITE))) {
      findings.fail(topic.name() + " may not be read and written", "kafka-acls grants both");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isAsPlanned(
      NewTopic planned, TopicDescription topic, Config settings, Findings findings) {
    boolean good = true;
    if (topic.partitions().size() != planned.numPartitions()) {
      findings.fail(
          "%s has %d partitions, not %d"
              .formatted(topic.name(), topic.partitions().size(), planned.numPartitions()),
          "records of one key are in two partitions now: riffle replay plan --generation"
              + " --partitions makes the topics anew");
      good = false;
    }
    return new TopicSettings(planned, topic, settings).examine(findings) && good;
  }
}
