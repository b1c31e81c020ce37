package io.riffle.cdc.run;

import io.riffle.cdc.archive.ArchiveConfig;
import io.riffle.cdc.config.CdcConfig;
import io.riffle.cdc.config.SourcesFile;
import io.riffle.cdc.connector.Connect;
import io.riffle.config.ConfigException;
import io.riffle.config.Settings;
import io.riffle.metrics.MetricsConfig;
import io.riffle.metrics.ProgramMetrics;
import io.riffle.schemas.registry.SchemaRegistry;
import java.util.Optional;
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
      run(settings.build(Parts::from));
    } catch (ConfigException e) {
      log.error(e.getMessage());
      System.exit(USAGE);
    }
  }

  /** What the process is told, by part. */
  private record Parts(CdcConfig config, Optional<ArchiveConfig> archive, MetricsConfig metrics) {
    static Parts from(Settings settings) {
      return new Parts(
          CdcConfig.from(settings), ArchiveConfig.from(settings), MetricsConfig.from(settings));
    }
  }

  private static void run(Parts parts) {
    CdcConfig config = parts.config();
    ProgramMetrics metrics = ProgramMetrics.start(parts.metrics());
    Keepers keepers = open(config);
    Optional<ArchiveThread> archive = parts.archive().map(told -> new ArchiveThread(told, config));
    archive.ifPresent(ArchiveThread::start);
    log.atInfo().addKeyValue("set", config.topics().set()).log("cdc-source starts");
    Thread hook =
        new Thread(
            () -> {
              archive.ifPresent(ArchiveThread::close);
              keepers.close();
              metrics.close();
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
