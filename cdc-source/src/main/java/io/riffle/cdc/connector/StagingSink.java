package io.riffle.cdc.connector;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.schemas.topics.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The connector that writes change events of all sources of the set to staging tables. */
public final class StagingSink {
  private StagingSink() {}

  /**
   * Makes it, or gives it its configuration where that differs, and has it start again when it has
   * failed. One that an operator has paused or stopped stays so.
   *
   * @param restartDue asked when it has failed: whether now is the time
   * @return why no event gets from topics to staging tables
   */
  public static Optional<String> ensure(
      Connect connect, CdcConfig config, BooleanSupplier restartDue) {
    String name = config.topics().stagingConnector();
    Map<String, String> wanted = config(config);
    if (!connect.config(name).filter(wanted::equals).isPresent()) {
      connect.configure(name, wanted);
      return Optional.empty();
    }
    Optional<ConnectorStatus> status = connect.status(name).filter(one -> !one.isRunning());
    if (status.filter(ConnectorStatus::isFailed).isPresent() && restartDue.getAsBoolean()) {
      connect.restart(name);
    }
    return status.map(one -> "nothing is staged: connector " + name + " is " + text(one));
  }

  private static String text(ConnectorStatus status) {
    String state = status.isFailed() ? "FAILED" : status.connector();
    return state + status.failure().map(why -> ", " + why).orElse("");
  }

  /** Its configuration; the password is named, not in it. */
  static Map<String, String> config(CdcConfig config) {
    Topics topics = config.topics();
    Map<String, String> sink = SourceConnector.fixed("staging.properties");
    sink.put("name", topics.stagingConnector());
    sink.put("topics.regex", topics.cdc().replace(".", "\\.") + ".*");
    sink.put("riffle.set", topics.set());
    sink.put("riffle.deployment", config.deployment());
    sink.put("tables.schema", "ccw");
    sink.put("database.url", config.database().url());
    sink.put("database.user", config.database().user());
    sink.put("database.password", config.sinkPassword());
    sink.put("registry.url", config.registry().urls().get(0).toString());
    sink.put("kafka.bootstrap.servers", config.workerKafka());
    return sink;
  }
}
