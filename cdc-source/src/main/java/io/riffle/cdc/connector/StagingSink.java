package io.riffle.cdc.connector;

import io.riffle.cdc.config.CdcConfig;
import io.riffle.schemas.topics.Topics;
import java.util.Map;

/** The connector that writes change events of all sources of the set to staging tables. */
public final class StagingSink {
  private StagingSink() {}

  /** Makes it, or gives it its configuration where that differs. */
  public static void ensure(Connect connect, CdcConfig config) {
    String name = config.topics().stagingConnector();
    Map<String, String> wanted = config(config);
    if (!connect.config(name).filter(wanted::equals).isPresent()) {
      connect.configure(name, wanted);
    }
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
