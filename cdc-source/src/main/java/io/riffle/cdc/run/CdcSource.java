package io.riffle.cdc.run;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.config.SourcesFile;
import io.riffle.cdc.connector.Connect;
import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.schemas.registry.SchemaRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process. Ends by SIGTERM (exit code 0); 2 is a bad start. */
public final class CdcSource {
  private static final Logger log = LoggerFactory.getLogger(CdcSource.class);
  private static final int OK = 0;
  private static final int USAGE = 2;

  private CdcSource() {}

  public static void main(String[] arguments) {
    Settings settings = Settings.load();
    try {
      run(settings.build(CdcConfig::from));
    } catch (ConfigException e) {
      log.error(e.getMessage());
      System.exit(USAGE);
    }
  }

  private static void run(CdcConfig config) {
    Keepers keepers = open(config);
    log.atInfo().addKeyValue("set", config.topics().set()).log("cdc-source starts");
    Thread hook =
        new Thread(
            () -> {
              keepers.close();
              log.atInfo().log("cdc-source ended");
              Runtime.getRuntime().halt(OK);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    keepers.run();
  }

  /** All keepers of a set; {@link Keepers#run} begins. */
  static Keepers open(CdcConfig config) {
    return new Keepers(
        new Keeper.Neighbours(
            config, SchemaRegistry.connect(config.registry()), new Connect(config.connect())),
        config.file().map(SourcesFile::read));
  }
}
