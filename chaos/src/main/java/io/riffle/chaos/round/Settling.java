package io.riffle.chaos.round;

import io.riffle.chaos.stack.ChaosStack;
import io.riffle.operations.client.Rest;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until no file is on its way any more. */
final class Settling {

  private static final Duration POLL = Duration.ofMillis(300);
  private static final int MOST_FILES = 100_000;
  private static final int MOST_NAMED = 8;

  private final ChaosStack stack;
  private final Ledger ledger;
  private final Duration patience;

  /**
   * A wait.
   *
   * @param patience without any progress
   */
  Settling(ChaosStack stack, Duration patience) {
    this.stack = stack;
    this.ledger = new Ledger(stack.database(), Endpoints.TABLES_SCHEMA);
    this.patience = patience;
  }

  /**
   * Returns when the files of all manifests have come to an end.
   *
   * @throws StuckException naming what moves no more
   */
  void await(Collection<String> manifests) throws SQLException, InterruptedException {
    List<String> last = List.of();
    long movedAt = System.nanoTime();
    while (true) {
      List<FileStatus> files = ledger.files(Optional.empty(), MOST_FILES);
      List<String> open = open(files, Set.copyOf(manifests));
      if (open.isEmpty()) {
        return;
      }
      if (!open.equals(last)) {
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > patience.toNanos()) {
        throw new StuckException(describe(open));
      }
      last = open;
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Files on their way with how far they are, and manifests that nobody has seen. */
  private static List<String> open(List<FileStatus> files, Set<String> manifests) {
    Set<String> seen = files.stream().map(FileStatus::manifest).collect(Collectors.toSet());
    List<String> open = new ArrayList<>();
    manifests.stream()
        .filter(key -> !seen.contains(key))
        .map(key -> key + " unseen")
        .forEach(open::add);
    files.stream().filter(FileStatus::moving).map(Settling::progress).forEach(open::add);
    return open;
  }

  private static String progress(FileStatus file) {
    String done = file.totals().map(t -> " " + t.done() + " of " + t.records()).orElse("");
    return file.manifest() + " " + file.file().orElse("") + " " + file.state() + done;
  }

  private String describe(List<String> open) {
    List<String> what = new ArrayList<>();
    what.add("no progress for " + patience.toSeconds() + " s");
    open.stream().limit(MOST_NAMED).forEach(what::add);
    what.addAll(stack.pauses());
    what.add("connector: " + connector());
    return String.join("; ", what);
  }

  /** States of connector and tasks, without the texts of their errors. */
  private String connector() {
    Endpoints endpoints = stack.endpoints();
    String name = new Topics(endpoints.set().text()).sinkConnector();
    URI status = endpoints.connectUrl().resolve("/connectors/" + name + "/status");
    try {
      return Rest.get(status).replaceAll("\"(trace|worker_id)\":\"(\\\\.|[^\"\\\\])*\",?", "");
    } catch (IOException e) {
      return "does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
