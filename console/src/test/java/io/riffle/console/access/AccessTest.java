package io.riffle.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.console.access.SignIn.Outcome;
import io.riffle.operations.access.PasswordHash;
import io.riffle.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final char[] PASSWORD = "correct horse".toCharArray();
  private static final int FEW = 1_000;

  private final ManualClock clock = new ManualClock();
  @TempDir private Path folder;

  private Path users(String... lines) throws IOException {
    return Files.writeString(folder.resolve("users"), String.join("\n", lines));
  }

  @Test
  void aHashMatchesItsPasswordOnlyAndTellsNothing() {
    PasswordHash hash = PasswordHash.of(PASSWORD, FEW);
    PasswordHash read = PasswordHash.parse(hash.text());

    assertThat(read.matches(PASSWORD)).isTrue();
    assertThat(read.matches("correct horsf".toCharArray())).isFalse();
    assertThat(hash.text())
        .startsWith("pbkdf2-sha256$1000$")
        .isNotEqualTo(PasswordHash.of(PASSWORD, FEW).text());
    assertThat(hash.toString()).isEqualTo("***");
    assertThat(hash.nobodys().matches(PASSWORD)).isFalse();
  }

  @Test
  void aFileOfUsersTellsAllThatIsWrongWithoutQuoting() throws IOException {
    String hash = PasswordHash.of(PASSWORD, FEW).text();
    Path file =
        users(
            "# people",
            "",
            "a:viewer:" + hash,
            "a:admin:" + hash,
            "b:king:" + hash,
            "c:admin:secret",
            "x y",
            "<d>:admin:" + hash);

    assertThatThrownBy(() -> Users.read(file))
        .hasMessageContainingAll(
            "line 4: a is there twice",
            "line 5: a role is viewer, operator or admin",
            "line 6 has no hash",
            "line 7 is not NAME:ROLE:HASH",
            "line 8: a name is of")
        .message()
        .doesNotContain("secret", hash, "<d>");
  }

  /** A check takes a third of a second: who sends many at once must not get them all. */
  @Test
  void attemptsAtOnceAreCountedToo() throws Exception {
    SignIn signIn =
        new SignIn(
            new UsersFile(
                Optional.of(users("a:operator:" + PasswordHash.of(PASSWORD, 100_000).text()))),
            clock);
    List<Callable<Outcome>> attempts =
        Collections.nCopies(40, () -> signIn.check("a", "x".toCharArray(), "1"));

    ExecutorService threads = Executors.newFixedThreadPool(40);
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> attempt : threads.invokeAll(attempts)) {
      outcomes.add(attempt.get());
    }
    threads.shutdown();

    assertThat(outcomes).filteredOn(Outcome.WRONG::equals).hasSize(5);
    assertThat(outcomes).filteredOn(Outcome.TOO_MANY::equals).hasSize(35);
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreOneAnswer() throws IOException {
    SignIn signIn =
        new SignIn(
            new UsersFile(
                Optional.of(users("a:operator:" + PasswordHash.of(PASSWORD, FEW).text()))),
            clock);

    assertThat(signIn.check("a", PASSWORD, "1")).isEqualTo(Outcome.RIGHT);
    assertThat(signIn.check("a", "x".toCharArray(), "1")).isEqualTo(Outcome.WRONG);
    assertThat(signIn.check("b", PASSWORD, "1")).isEqualTo(Outcome.WRONG);
    assertThat(signIn.role("a")).contains(Role.OPERATOR);
  }

  @Test
  void afterFiveFailuresNothingIsTriedForAWhile() throws IOException {
    SignIn signIn =
        new SignIn(
            new UsersFile(Optional.of(users("a:viewer:" + PasswordHash.of(PASSWORD, FEW).text()))),
            clock);
    for (int i = 0; i < 5; i++) {
      assertThat(signIn.check("a", "x".toCharArray(), "1")).isEqualTo(Outcome.WRONG);
    }

    assertThat(signIn.check("a", PASSWORD, "2")).as("from anywhere").isEqualTo(Outcome.TOO_MANY);
    clock.pass(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(signIn.check("a", PASSWORD, "2")).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void anAddressThatTriesManyNamesIsHeldUp() throws IOException {
    SignIn signIn =
        new SignIn(
            new UsersFile(Optional.of(users("a:viewer:" + PasswordHash.of(PASSWORD, FEW).text()))),
            clock);
    for (int i = 0; i < 30; i++) {
      signIn.check("name-" + i, "x".toCharArray(), "1");
    }

    assertThat(signIn.check("a", PASSWORD, "1")).isEqualTo(Outcome.TOO_MANY);
    assertThat(signIn.check("a", PASSWORD, "2")).isEqualTo(Outcome.RIGHT);
  }

  @Test
  void sessionsEndByAgeAndByIdleness() {
    Sessions sessions = new Sessions(Duration.ofHours(8), Duration.ofHours(1), clock);
    Session session =
        sessions.begin("a", Role.VIEWER, new Credential(Optional.empty(), Optional.empty()));
    assertThat(session.id()).hasSizeGreaterThan(40).isNotEqualTo(session.token());
    assertThat(session.toString()).doesNotContain(session.id(), session.token());

    for (int i = 0; i < 9; i++) {
      assertThat(sessions.find(session.id())).as("hour " + i * 0.9).isPresent();
      clock.pass(Duration.ofMinutes(54));
    }
    assertThat(sessions.find(session.id())).as("older than eight hours").isEmpty();

    Session idle =
        sessions.begin("a", Role.VIEWER, new Credential(Optional.empty(), Optional.empty()));
    clock.pass(Duration.ofMinutes(61));
    assertThat(sessions.find(idle.id())).isEmpty();
    assertThat(sessions.find("guessed")).isEmpty();
    assertThat(sessions.find(null)).isEmpty();
  }

  @Test
  void rolesContainEachOther() {
    assertThat(Role.ADMIN.may(Role.OPERATOR)).isTrue();
    assertThat(Role.VIEWER.may(Role.OPERATOR)).isFalse();
  }
}
