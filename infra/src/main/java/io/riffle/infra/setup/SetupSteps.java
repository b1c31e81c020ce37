package io.riffle.infra.setup;

import io.riffle.infra.site.Endpoints;
import io.riffle.infra.site.StackException;
import java.util.List;

/** The steps in their order: a new one is a class and a line here. */
public final class SetupSteps {
  private static final List<SetupStep> ALL =
      List.of(
          new CreateBucket(),
          new CreateDatabase(),
          new MigrateDatabase(),
          new CreateTopics(),
          new CreateSink());

  private SetupSteps() {}

  /**
   * Runs all steps.
   *
   * @throws StackException naming the step that failed
   */
  public static void runAll(Endpoints endpoints) {
    for (SetupStep step : ALL) {
      try {
        step.run(endpoints);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackException("interrupted: " + step.name(), e);
      } catch (Exception e) {
        throw new StackException("cannot " + step.name() + ": " + e.getMessage(), e);
      }
    }
  }
}
