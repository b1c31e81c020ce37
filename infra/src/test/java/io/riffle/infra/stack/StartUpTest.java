package io.riffle.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.component.Component;
import io.riffle.infra.process.Launch;
import io.riffle.infra.site.PortPolicy;
import io.riffle.infra.site.Ports;
import io.riffle.infra.site.Secrets;
import io.riffle.infra.site.Site;
import io.riffle.infra.site.StackFolder;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Order, idempotence and undoing, with shell scripts for servers. */
class StartUpTest {
  private static final String SERVES = "echo up > $0.up; exec sleep 60";

  @TempDir Path home;

  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  private final List<Service> touched = new ArrayList<>();
  private Site site;

  @BeforeEach
  void prepareSite() {
    StackFolder folder = new StackFolder(home).create();
    site =
        new Site(
            home,
            folder,
            SetName.MAIN,
            Ports.load(folder.ports(), PortPolicy.FREE),
            Secrets.load(folder.secrets()),
            List.of(),
            Map.of());
  }

  @AfterEach
  void stopAll() {
    touched.forEach(Service::stop);
  }

  @Test
  void startsWhatIsNeededFirst() {
    Service disk = service("disk", SERVES);
    Service server = service("server", "test -e disk.up && " + SERVES, "disk");

    new StartUp(progress::add).start(List.of(disk, server));

    assertThat(progress).hasSize(2);
    assertThat(progress.get(0)).startsWith("disk started in");
    assertThat(progress.get(1)).startsWith("server started in");
  }

  @Test
  void leavesARunningServiceAlone() {
    Service disk = service("disk", SERVES);
    new StartUp(progress::add).start(List.of(disk));
    long pid = disk.status().pid().orElseThrow();

    new StartUp(progress::add).start(List.of(service("disk", SERVES)));

    assertThat(disk.status().pid()).hasValue(pid);
    assertThat(progress).last().isEqualTo("disk runs");
  }

  @Test
  void waitsForAServiceThatSomebodyElseHasJustStarted() throws Exception {
    String slow = "while ! test -e go; do sleep 0.05; done; " + SERVES;
    Service ours = service("slow", slow);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> new StartUp(progress::add).start(List.of(ours)));
    await().until(ours::isRunning);
    List<Boolean> answered = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(
            () ->
                new StartUp(said -> answered.add(Files.exists(home.resolve("slow.up"))))
                    .start(List.of(service("slow", slow))));

    Files.createFile(home.resolve("go"));
    CompletableFuture.allOf(other, second).get(10, TimeUnit.SECONDS);

    assertThat(answered).containsExactly(true);
  }

  @Test
  void restartsAServiceWhoseConfigurationChanged() {
    Service disk = service("disk", SERVES);
    new StartUp(progress::add).start(List.of(disk));
    long pid = disk.status().pid().orElseThrow();

    new StartUp(progress::add).start(List.of(service("disk", ": changed; " + SERVES)));

    assertThat(disk.status().pid().orElseThrow()).isNotEqualTo(pid);
    assertThat(progress).last().asString().startsWith("disk restarted (its configuration");
  }

  @Test
  void showsTheEndOfTheLogOfWhatCannotStart() {
    Service broken = service("broken", "echo first; echo the disk is full; exit 3");

    assertThatThrownBy(() -> new StartUp(progress::add).start(List.of(broken)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("broken ended right after its start")
        .hasMessageContaining("the disk is full")
        .hasMessageContaining("broken.log");
    assertThat(broken.status().state()).isEqualTo(ServiceState.STOPPED);
  }

  @Test
  void stopsWhatNeverAnswers() {
    Service deaf = service("deaf", "echo waiting for nothing; exec sleep 60");

    assertThatThrownBy(() -> new StartUp(progress::add).start(List.of(deaf)))
        .hasMessageContaining("deaf does not answer")
        .hasMessageContaining("waiting for nothing");
    assertThat(deaf.isRunning()).isFalse();
  }

  @Test
  void undoStopsItsOwnButNotWhatRanBefore() {
    Service earlier = service("earlier", SERVES);
    new StartUp(progress::add).start(List.of(earlier));
    Service fresh = service("fresh", SERVES);
    Service broken = service("broken", "exit 1");
    StartUp failing = new StartUp(progress::add);

    assertThatThrownBy(() -> failing.start(List.of(earlier, fresh, broken)))
        .hasMessageContaining("broken");
    failing.undo();

    assertThat(earlier.isRunning()).isTrue();
    assertThat(fresh.isRunning()).isFalse();
  }

  @Test
  void aKilledServiceCountsAsFailed() {
    Service disk = service("disk", SERVES);
    new StartUp(progress::add).start(List.of(disk));

    disk.kill();

    assertThat(disk.status().state()).isEqualTo(ServiceState.FAILED);
    disk.stop();
    assertThat(disk.status().state()).isEqualTo(ServiceState.STOPPED);
  }

  private Service service(String name, String script, String... needs) {
    Service service = new Service(new Script(name, script, Set.of(needs)), site, Clock.systemUTC());
    touched.add(service);
    return service;
  }

  /** Answers once its script has written a file beside the log. */
  private record Script(String name, String script, Set<String> needs) implements Component {
    @Override
    public String configFile() {
      return "none";
    }

    @Override
    public Map<String, Integer> ports(Site site) {
      return Map.of();
    }

    @Override
    public Launch launch(Site site) {
      return new Launch(List.of("sh", "-c", script, name), Map.of(), List.of());
    }

    @Override
    public void prepare(Site site) {
      try {
        Files.deleteIfExists(answer(site));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void check(Site site) {
      if (!Files.exists(answer(site))) {
        throw new IllegalStateException("no answer");
      }
    }

    @Override
    public Duration startPatience() {
      return Duration.ofSeconds(3);
    }

    private Path answer(Site site) {
      return site.folder().home().resolve(name + ".up");
    }
  }
}
