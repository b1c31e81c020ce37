package io.riffle.merge;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.metrics.ProgramMetrics;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program. Exit codes: 0 after SIGTERM or SIGINT and a clean stop, 1 after a failure, 2 for an
 * unusable configuration.
 */
public final class MergeProcessor {
  private static final Logger log = LoggerFactory.getLogger(MergeProcessor.class);
  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  private MergeProcessor() {}

  /** Runs until stopped; takes no arguments. */
  public static void main(String[] args) throws InterruptedException {
    MergeConfig config = usable(MergeProcessor::configure);
    ProgramMetrics metrics = usable(() -> ProgramMetrics.start(config.metrics()));
    MergeApp app = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app, metrics), "merge-shutdown"));
    if (app.awaitEnd()) {
      System.exit(FAILED);
    }
  }

  private static MergeConfig configure() {
    Settings settings = Settings.load();
    MergeConfig config = settings.build(MergeConfig::from);
    log.atInfo().log("Configuration:\n{}", settings.describe());
    return config;
  }

  private static <T> T usable(Supplier<T> configured) {
    try {
      return configured.get();
    } catch (ConfigException e) {
      log.atError().log(e.getMessage());
      System.exit(UNUSABLE);
      throw e;
    }
  }

  /** While the program waits for what it needs to start, a signal has nothing to undo. */
  private static MergeApp start(MergeConfig config) throws InterruptedException {
    Thread hook = new Thread(() -> Runtime.getRuntime().halt(0), "merge-not-started");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      MergeApp app = MergeApp.start(config);
      Runtime.getRuntime().removeShutdownHook(hook);
      return app;
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      log.atError().setCause(e).log("Merge cannot start");
      System.exit(FAILED);
      throw e;
    }
  }

  /** A JVM that a signal ends reports the signal; halting here reports what came of the stop. */
  private static void stop(MergeApp app, ProgramMetrics metrics) {
    boolean clean = app.close();
    metrics.close();
    Runtime.getRuntime().halt(clean ? 0 : FAILED);
  }
}
