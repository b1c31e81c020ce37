package io.riffle.infra.setup;

import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.StackException;
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
    ALL.forEach(step -> run(step, endpoints));
  }

  /**
   * Makes the sink connector anew, which reads the topics of the current generation.
   *
   * @throws StackException when that fails
   */
  public static void runSink(Endpoints endpoints) {
    run(new CreateSink(), endpoints);
  }

  private static void run(SetupStep step, Endpoints endpoints) {
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
