package io.riffle.infra.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.riffle.lease.HeldLease;
import io.riffle.lease.LeaseParty;
import io.riffle.lease.LeaseStatus;
import io.riffle.operations.site.StackException;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real programs under the lease, and all the ways in which they end. */
@ExtendWith(PostgresExtension.class)
class LeasedCommandTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LIFETIME = Duration.ofMillis(900);

  private final TestPostgres postgres;
  private final List<String> told = new ArrayList<>();
  @TempDir Path folder;

  LeasedCommandTest(TestPostgres server) {
    postgres = server.anotherMigrated("ccw");
  }

  @Test
  void itsExitCodeIsOursAndItKnowsItsToken() throws Exception {
    Path out = folder.resolve("out");
    String script = "echo $RIFFLE_LEASE_TOKEN $RIFFLE_LEASE_HOLDER > " + out + "; exit 7";

    assertThat(run("sh", "-c", script)).isEqualTo(7);

    assertThat(Files.readString(out)).matches("1 exec:[^ ]+:\\d+\n");
    assertThat(told).containsExactly("has the lease, token 1");
    assertThat(status().whereItIs()).isEqualTo("free");
  }

  @Test
  void aProgramThatDoesNotExistLeavesTheLeaseAsItWas() throws Exception {
    assertThatExceptionOfType(StackException.class)
        .isThrownBy(() -> run(folder.resolve("none").toString()))
        .withMessageStartingWith("cannot run ");
    assertThat(status().whereItIs()).isEqualTo("free");
  }

  @Test
  void withoutTheLeaseNothingIsRun() throws Exception {
    Path out = folder.resolve("out");
    LeaseParty other = LeaseParty.of("exec:other:1", "command", Duration.ofMinutes(10));
    try (HeldLease lease = HeldLease.borrow(postgres.dataSource(), other, SOON)) {
      assertThatExceptionOfType(StackException.class)
          .isThrownBy(() -> command("touch", out.toString()).run(Duration.ofMillis(300)))
          .withMessageContaining("the lease is with exec:other:1")
          .withMessageEndingWith("nothing was run");
      assertThat(lease.renew()).isTrue();
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void itIsRenewedAsLongAsTheProgramRuns() throws Exception {
    Path end = folder.resolve("end");
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> quietly(untilThereIs(end)));
    await().atMost(SOON).until(() -> status().borrowed());

    await()
        .during(LIFETIME.multipliedBy(3))
        .atMost(SOON)
        .until(() -> status().borrowed() && status().heartbeatAge().compareTo(LIFETIME) < 0);

    Files.createFile(end);
    assertThat(code.get()).isZero();
  }

  @Test
  void whoLosesTheLeaseEndsTheProgram() throws Exception {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> quietly(untilThereIs(folder.resolve("never"))));
    await().atMost(SOON).until(() -> status().borrowed());

    postgres.execute("UPDATE riffle.lease SET token = token + 1, holder = 'thief'");

    assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(told).anyMatch(text -> text.startsWith("the lease was lost"));
    assertThat(status().holder()).hasValue("thief");
  }

  @Test
  void theEndIsPassedOnAndTheLeaseGivenBackAfterTheProgramsOwnEnd() throws Exception {
    Path up = folder.resolve("up");
    Path cleaned = folder.resolve("cleaned");
    String script =
        "trap 'touch " + cleaned + "; exit 3' TERM; touch " + up + "; while :; do sleep 0.1; done";
    Process riffle = start("sh", "-c", script);
    await().atMost(SOON).until(() -> Files.exists(up));
    assertThat(status().borrowed()).isTrue();

    riffle.destroy();

    assertThat(riffle.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(riffle.exitValue()).isEqualTo(3);
    assertThat(cleaned).exists();
    assertThat(status().whereItIs()).isEqualTo("free");
  }

  @Test
  void whenItIsKilledTheDeploymentHasTheLeaseAfterAWhileThoughTheProgramMayStillRun()
      throws Exception {
    Path end = folder.resolve("end");
    Path pid = folder.resolve("pid");
    LeaseParty deployment = LeaseParty.of("alpha", "sink", Duration.ofMinutes(10));
    HeldLease.acquire(postgres.dataSource(), deployment, SOON);
    Process riffle = start("sh", "-c", "echo $$ > " + pid + "; " + script(end));
    await().atMost(SOON).until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

    riffle.destroyForcibly().waitFor();

    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).get();
    try (HeldLease back = HeldLease.acquire(postgres.dataSource(), deployment, SOON)) {
      assertThat(back.token()).isEqualTo(3);
      assertThat(child.isAlive()).isTrue();
    } finally {
      Files.createFile(end);
      child.onExit().join();
    }
  }

  private int run(String... command) throws SQLException, InterruptedException {
    return command(command).run(SOON);
  }

  private int quietly(String... command) {
    try {
      return run(command);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LeasedCommand command(String... command) {
    return new LeasedCommand(postgres.dataSource(), List.of(command), LIFETIME, told::add);
  }

  private static String[] untilThereIs(Path file) {
    return new String[] {"sh", "-c", script(file)};
  }

  private static String script(Path file) {
    return "while [ -d " + file.getParent() + " -a ! -e " + file + " ]; do sleep 0.1; done";
  }

  private Process start(String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElseThrow());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.add(LeasedMain.class.getName());
    line.addAll(List.of(postgres.jdbcUrl(), postgres.username(), LIFETIME.toString()));
    line.addAll(List.of(command));
    return new ProcessBuilder(line).inheritIO().start();
  }

  private LeaseStatus status() throws SQLException {
    try (Connection connection = postgres.connect()) {
      return LeaseStatus.read(connection);
    }
  }
}
