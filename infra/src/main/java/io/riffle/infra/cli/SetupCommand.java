package io.riffle.infra.cli;

import io.riffle.infra.setup.SetupSteps;
import io.riffle.operations.site.Endpoints;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The setup steps against servers named by the environment; docker-compose runs it once. */
@Command(
    name = "setup",
    hidden = true,
    description = "Make bucket, database and topics on the servers named by RIFFLE_* variables.")
final class SetupCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Override
  public Integer call() {
    SetupSteps.runAll(
        new FromEnvironment(System.getenv())
            .endpoints(riffle.options().set(), riffle.options().layoutsFolder()));
    return Riffle.OK;
  }

  /** Collects all missing variables before it complains. */
  record FromEnvironment(Map<String, String> environment, List<String> missing) {
    FromEnvironment(Map<String, String> environment) {
      this(environment, new ArrayList<>());
    }

    Endpoints endpoints(SetName set, Optional<Path> layouts) {
      String jdbcUrl = get("RIFFLE_DATABASE_URL");
      Endpoints endpoints =
          new Endpoints(
              set,
              jdbcUrl,
              jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + "postgres",
              get("RIFFLE_DATABASE_USER"),
              get("RIFFLE_DATABASE_PASSWORD"),
              get("RIFFLE_KAFKA_BOOTSTRAP_SERVERS"),
              URI.create(get("RIFFLE_REGISTRY_URL")),
              URI.create(get("RIFFLE_S3_ENDPOINT")),
              get("RIFFLE_S3_REGION"),
              get("RIFFLE_S3_ACCESS_KEY"),
              get("RIFFLE_S3_SECRET_KEY"),
              get("RIFFLE_S3_BUCKET"),
              URI.create(get("RIFFLE_CONNECT_URL")),
              get("RIFFLE_DEPLOYMENT"),
              layouts,
              Map.of());
      if (!missing.isEmpty()) {
        throw new StackException("missing in the environment: " + String.join(", ", missing));
      }
      return endpoints;
    }

    private String get(String name) {
      String value = environment.getOrDefault(name, "");
      if (value.isBlank()) {
        missing.add(name);
      }
      return value;
    }
  }
}
