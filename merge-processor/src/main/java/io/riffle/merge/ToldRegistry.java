package io.riffle.merge;

import io.riffle.failure.Failure;
import io.riffle.failure.Failures;
import io.riffle.failure.Pause;
import io.riffle.schemas.registry.Compatibility;
import io.riffle.schemas.registry.RegisteredSchema;
import io.riffle.schemas.registry.SchemaRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * A registry that tells when it fails, and when every question that it failed on has its answer:
 * others, which its cache may answer, prove nothing. Safe for use by several threads.
 */
final class ToldRegistry implements SchemaRegistry {
  private final SchemaRegistry registry;
  private final Pause pause;
  private final Set<String> unanswered = new HashSet<>();

  ToldRegistry(SchemaRegistry registry, Pause pause) {
    this.registry = registry;
    this.pause = pause;
  }

  @Override
  public int register(String subject, Schema schema) {
    return ask("register " + subject, () -> registry.register(subject, schema));
  }

  @Override
  public Schema byId(int id) {
    return ask("id " + id, () -> registry.byId(id));
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return ask("compatible " + subject, () -> registry.isCompatible(subject, schema));
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    ask(
        "rule " + subject,
        () -> {
          registry.setCompatibility(subject, compatibility);
          return true;
        });
  }

  @Override
  public List<Integer> versions(String subject) {
    return ask("versions " + subject, () -> registry.versions(subject));
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    return ask("latest " + subject, () -> registry.latest(subject));
  }

  private <T> T ask(String question, Supplier<T> call) {
    try {
      T answer = call.get();
      answered(question);
      return answer;
    } catch (RuntimeException e) {
      Failures.of(e)
          .filter(failure -> failure.verdict().pauses())
          .ifPresent(failure -> failed(question, failure));
      throw e;
    }
  }

  private synchronized void failed(String question, Failure failure) {
    unanswered.add(question);
    pause.failed(failure);
  }

  private synchronized void answered(String question) {
    if (unanswered.remove(question) && unanswered.isEmpty()) {
      pause.succeeded();
    }
  }
}
