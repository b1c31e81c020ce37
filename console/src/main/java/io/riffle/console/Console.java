package io.riffle.console;

import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.console.server.ConsoleServer;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process. Ends by SIGTERM (exit code 0); 1 is a failure, 2 a bad start. */
public final class Console {
  private static final Logger log = LoggerFactory.getLogger(Console.class);
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Console() {}

  public static void main(String[] arguments) throws InterruptedException {
    Settings settings = Settings.load();
    try {
      run(settings.build(ConsoleConfig::from));
    } catch (ConfigException e) {
      log.error(e.getMessage());
      System.exit(USAGE);
    }
  }

  private static void run(ConsoleConfig config) throws InterruptedException {
    log.atInfo().addKeyValue("set", config.endpoints().set()).log("console starts");
    ConsoleServer server = start(config);
    Thread hook =
        new Thread(
            () -> {
              server.close();
              log.atInfo().log("console ended");
              Runtime.getRuntime().halt(OK);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    new CountDownLatch(1).await();
  }

  private static ConsoleServer start(ConsoleConfig config) {
    try {
      return ConsoleServer.start(config);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("console cannot listen at " + config.listen());
      Runtime.getRuntime().halt(FAILED);
      throw e;
    }
  }
}
