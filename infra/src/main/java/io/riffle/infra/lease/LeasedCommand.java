package io.riffle.infra.lease;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseElsewhereException;
import io.riffle.lease.LeaseParty;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Another program, which has the lease while it runs: the lease is taken from the deployment,
 * renewed meanwhile, and given back however the program ends. Its streams are ours.
 */
public final class LeasedCommand {
  /** Variables of the program: the token, for {@code riffle.check_lease}, and its holder. */
  public static final String TOKEN = "RIFFLE_LEASE_TOKEN";

  public static final String HOLDER = "RIFFLE_LEASE_HOLDER";

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int NOT_OK = 1;

  private final DataSource database;
  private final List<String> command;
  private final LeaseParty party;
  private final Consumer<String> progress;

  /**
   * @param progress told what people want to know
   */
  public LeasedCommand(DataSource database, List<String> command, Consumer<String> progress) {
    this(database, command, LeaseParty.USUAL_LIFETIME, progress);
  }

  LeasedCommand(
      DataSource database, List<String> command, Duration lifetime, Consumer<String> progress) {
    this.database = database;
    this.command = List.copyOf(command);
    this.party = LeaseParty.of(holder(), "command", lifetime);
    this.progress = progress;
  }

  /**
   * Waits for the lease, runs the program and waits for its end.
   *
   * @param wait at most so long for what is under way, and for other such programs
   * @return the program's exit code, or 1 when the lease was lost meanwhile
   * @throws StackException when the lease was not to be had, or there is no such program
   */
  public int run(Duration wait) throws SQLException, InterruptedException {
    try (Ending ending = new Ending()) {
      int code = runLeased(wait, ending);
      ending.exitCode(code);
      return code;
    }
  }

  private int runLeased(Duration wait, Ending ending) throws SQLException, InterruptedException {
    HeldLease lease = borrow(wait);
    try {
      progress.accept("has the lease, token " + lease.token());
      Process process = ending.start(builder(lease));
      try (Renewal renewal = Renewal.of(lease, party.renewal(), process, progress)) {
        int code = process.waitFor();
        return renewal.isLost() ? NOT_OK : code;
      }
    } catch (IOException e) {
      throw new StackException("cannot run " + command.get(0) + ": " + e.getMessage(), e);
    } finally {
      giveBack(lease);
    }
  }

  private HeldLease borrow(Duration wait) throws SQLException, InterruptedException {
    try {
      return HeldLease.borrow(database, party, wait);
    } catch (LeaseElsewhereException e) {
      throw new StackException(
          "not within %d s: %s; nothing was run".formatted(wait.toSeconds(), e.getMessage()), e);
    }
  }

  /** What became of the program counts, not whether the database answers now. */
  private void giveBack(HeldLease lease) {
    try {
      lease.close();
    } catch (SQLException e) {
      progress.accept(
          "the lease could not be given back, it ends by itself in %d s: %s"
              .formatted(party.lifetime().toSeconds(), e.getMessage()));
    }
  }

  private ProcessBuilder builder(HeldLease lease) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder
        .environment()
        .putAll(Map.of(TOKEN, Long.toString(lease.token()), HOLDER, party.holder()));
    return builder;
  }

  /** Names the process for people who wonder who has the lease. */
  private static String holder() {
    return "exec:" + hostName() + ":" + ProcessHandle.current().pid();
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
