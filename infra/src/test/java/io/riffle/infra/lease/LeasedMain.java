package io.riffle.infra.lease;

import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What {@code riffle lease exec} does, as a process that can be ended: URL, user, lifetime, CMD.
 */
final class LeasedMain {
  private LeasedMain() {}

  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(arguments[0]);
    database.setUser(arguments[1]);
    database.setPassword(arguments[1]);
    List<String> command = List.of(arguments).subList(3, arguments.length);
    Duration lifetime = Duration.parse(arguments[2]);
    System.exit(
        new LeasedCommand(database, command, lifetime, System.err::println)
            .run(Duration.ofSeconds(20)));
  }
}
