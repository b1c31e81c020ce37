package io.riffle.infra.chain.matrix;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.TestSet.Content;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Loads the data sets of all cases beside each other: first those of every case, then those that
 * follow them, and so on. What a set has come to is kept when it is over; a set that does not come
 * to what is expected of it is given up when nothing has changed for a while.
 */
final class MatrixRun {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MOST = Duration.ofMinutes(5);

  private final Chain chain;
  private final SetMaker maker;
  private final Ledger ledger;
  private final IdentityHashMap<SetStep, TestSet> sets = new IdentityHashMap<>();
  private final IdentityHashMap<SetStep, List<FileStatus>> outcomes = new IdentityHashMap<>();

  MatrixRun(Chain chain, Path folder, Trap trap) {
    this.chain = chain;
    this.maker = new SetMaker(folder, trap);
    this.ledger = new Ledger(chain.database(), Chain.TABLES);
  }

  void load(Collection<MatrixCase> cases) throws IOException {
    int rounds = cases.stream().mapToInt(one -> one.steps().size()).max().orElse(0);
    for (int round = 0; round < rounds; round++) {
      List<TestSet> made = new ArrayList<>();
      for (MatrixCase one : cases) {
        if (one.steps().size() > round) {
          Optional<TestSet> before =
              round == 0 ? Optional.empty() : Optional.of(sets.get(one.steps().get(round - 1)));
          made.add(maker.make(one.steps().get(round), before));
        }
      }
      load(made);
    }
  }

  /** What became of the data sets of a case. */
  void check(MatrixCase one) throws SQLException {
    OutcomeCheck last = null;
    for (SetStep step : one.steps()) {
      last = new OutcomeCheck(chain, sets.get(step));
      last.check(outcomes.get(step));
    }
    if (last != null) {
      last.checkTables();
    }
  }

  TestSet set(SetStep step) {
    return sets.get(step);
  }

  private void load(List<TestSet> made) {
    made.forEach(set -> sets.put(set.step(), set));
    made.forEach(this::uploadObjects);
    made.forEach(set -> put(set.manifestKey(), new Content(set.manifest(), Optional.empty())));
    await(made);
  }

  private void uploadObjects(TestSet set) {
    set.objects().forEach((name, content) -> put(set.folder() + name, content));
  }

  private void put(String key, Content content) {
    Map<String, String> metadata =
        content.md5().map(md5 -> Map.of("md5chksum", md5)).orElse(Map.of());
    chain
        .s3()
        .putObject(
            put -> put.bucket(chain.bucket()).key(key).metadata(metadata),
            RequestBody.fromBytes(content.bytes()));
  }

  private void await(List<TestSet> made) {
    Map<String, TestSet> open = new LinkedHashMap<>();
    made.forEach(set -> open.put(set.manifestKey(), set));
    Progress progress = new Progress();
    try {
      Awaitility.await()
          .atMost(MOST)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> settle(open, progress));
    } catch (ConditionTimeoutException e) {
      // what is missing shows in the case that misses it
    }
  }

  /** Since when nothing has changed. */
  private static final class Progress {
    private int open = -1;
    private Instant since = Instant.now();

    boolean isOver(int nowOpen) {
      if (nowOpen != open) {
        open = nowOpen;
        since = Instant.now();
      }
      return nowOpen == 0 || Instant.now().isAfter(since.plus(PATIENCE));
    }
  }

  private boolean settle(Map<String, TestSet> open, Progress progress) throws SQLException {
    Map<String, List<FileStatus>> files =
        ledger.files(Optional.empty(), 10_000).stream()
            .filter(file -> open.containsKey(file.manifest()))
            .collect(Collectors.groupingBy(FileStatus::manifest));
    files.forEach(
        (manifest, statuses) -> {
          SetStep step = open.get(manifest).step();
          outcomes.put(step, statuses);
          if (OutcomeCheck.isReached(step.expected(), statuses)) {
            open.remove(manifest);
          }
        });
    return progress.isOver(open.size());
  }
}
