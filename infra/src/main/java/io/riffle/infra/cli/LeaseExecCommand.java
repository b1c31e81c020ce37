package io.riffle.infra.cli;

import io.riffle.infra.lease.LeasedCommand;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code riffle lease exec}. */
@Command(
    name = "exec",
    description = {
      "Run another program under the lease, such as another loader: the sink pauses, what it has",
      "under way is waited for, and when the program ends the sink goes on. Ctrl-C and SIGTERM are",
      "passed on to it. It finds the token in RIFFLE_LEASE_TOKEN, and may check it in each",
      "transaction: SELECT riffle.check_lease(token).",
      "The exit code is the program's; 1 when it was not run, or the lease was lost meanwhile.",
      "If riffle itself is killed (SIGKILL), the program goes on, but the lease ends: after half a",
      "minute without a heartbeat the sink loads again."
    })
final class LeaseExecCommand implements Callable<Integer> {
  @ParentCommand private LeaseCommand lease;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "Longest wait for the lease: 30s, 5m, 2h (default: ${DEFAULT-VALUE})")
  private Duration wait;

  @Parameters(
      arity = "1..*",
      paramLabel = "CMD",
      description = "The program and its arguments, after --")
  private List<String> command;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    DataSource database = lease.database();
    LeasedCommand leased =
        new LeasedCommand(database, command, told -> System.err.println("riffle: " + told));
    // the program only, for its arguments may be anything; and what migrates a database comes first
    return CommandNotes.byUser(database)
        .actAnyway(
            "LEASE_EXEC", command.get(0), () -> leased.run(wait), code -> "exit code " + code);
  }
}
