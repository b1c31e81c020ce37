package io.riffle.infra.cli;

import io.riffle.operations.replay.Scope;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What to replay: one of these. */
final class ReplayScope {
  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "A table of record, with those that belong to it")
  private String table;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "A merged topic, such as main.merged.carrier")
  private String topic;

  @Option(
      names = "--file",
      paramLabel = "KEY",
      description = "What a file delivered: its S3 key, or its name where one file has it")
  private String file;

  @Option(
      names = "--key",
      split = ",",
      paramLabel = "KEY",
      description = "Records by their keys, several with commas; with --type")
  private List<String> keys;

  @Option(
      names = "--generation",
      description = {
        "Everything: raw and merged topics, merge state and tables of all types anew, as the next",
        "generation of the set's topics; with --partitions also other numbers of partitions"
      })
  private boolean generation;

  boolean isGeneration() {
    return generation;
  }

  Scope scope(String type, CommandSpec spec) {
    if (table != null) {
      return new Scope.Table(table);
    } else if (topic != null) {
      return new Scope.Topic(topic);
    } else if (file != null) {
      return new Scope.File(file);
    } else if (type == null) {
      throw new ParameterException(spec.commandLine(), "--key needs --type");
    }
    return new Scope.Keys(type, numbers(spec));
  }

  private List<Long> numbers(CommandSpec spec) {
    List<Long> numbers = new ArrayList<>();
    for (String key : keys) {
      try {
        numbers.add(Long.valueOf(key.strip()));
      } catch (NumberFormatException e) {
        throw new ParameterException(spec.commandLine(), "a key is a whole number", e);
      }
    }
    return numbers;
  }
}
