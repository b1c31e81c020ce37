package io.riffle.operations.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Has a file read from S3 again, as a new attempt, and waits for its end. */
final class Reingest {
  private static final Set<String> ENDS = Set.of("COMPLETED", "COMPLETED_WITH_REJECTS", "REJECTED");
  private static final Set<String> NOT_LOADED =
      Set.of("REJECTED", "CONFLICT", "TOO_OLD", "SKIPPED");
  private static final Duration POLL = Duration.ofMillis(300);

  private static final String ASK =
      """
      SELECT riffle.change_file_state(f.file_id, 'DISCOVERED', NULL, 'replay ' || r.replay_id)
        FROM riffle.replays r JOIN riffle.files f USING (file_id)
       WHERE r.replay_id = ? AND f.attempt = r.file_attempt
         AND f.state IN ('COMPLETED', 'COMPLETED_WITH_REJECTS', 'REJECTED')
      """;
  private static final String LOOK =
      """
      SELECT r.state AS replay, f.state, coalesce(f.detail, f.reason) AS why, f.attempt > r.file_attempt AS again, a.problem,
             coalesce(a.records, 0) AS records,
             (SELECT coalesce(sum(t.applied + t.older + t.rejected), 0) FROM riffle.sink_totals t
               WHERE t.file_id = f.file_id AND t.attempt = f.attempt) AS stored
        FROM riffle.replays r JOIN riffle.files f USING (file_id)
        LEFT JOIN riffle.file_attempts a ON a.file_id = f.file_id AND a.attempt = f.attempt
       WHERE r.replay_id = ?
      """;
  private final ReplaySite site;
  private final ReplayLedger ledger;

  Reingest(ReplaySite site, ReplayLedger ledger) {
    this.site = site;
    this.ledger = ledger;
  }

  /**
   * The object must be the one that was loaded: another one's records would have the same versions.
   *
   * @throws ReplayException when it is not, or the file is still on its way
   */
  static void requireSame(ReplaySite site, LedgerFile file) {
    if (!ENDS.contains(file.state())) {
      throw new ReplayException(file.s3Key() + " is " + file.state() + ": it is still on its way");
    }
    try (S3Client s3 = site.s3().get()) {
      HeadObjectResponse head =
          s3.headObject(request -> request.bucket(file.bucket()).key(file.s3Key()));
      boolean same =
          file.eTag().map(head.eTag()::equals).orElse(true)
              && file.bytes().map(head.contentLength()::equals).orElse(true);
      if (!same) {
        throw new ReplayException(
            file.s3Key() + " is not the object any more that was loaded (ETag or size differ)");
      }
    } catch (NoSuchKeyException e) {
      throw new ReplayException(file.s3Key() + " is not in S3 any more", e);
    }
  }

  /** Told now and then how many records are stored, of how many; 0 before they are counted. */
  interface Watcher {
    void at(long stored, long records);
  }

  /** How the file stands. */
  private record Look(
      String replay,
      String state,
      Optional<String> why,
      boolean again,
      Optional<String> problem,
      long records,
      long stored) {

    /** Read again, and over. */
    boolean isOver() {
      return again && ENDS.contains(state);
    }
  }

  /**
   * Runs it, or goes on waiting after an interruption.
   *
   * @return why it failed; empty when the file is loaded again
   */
  Optional<String> run(long replay, Watcher watcher) throws SQLException, InterruptedException {
    ledger.change(replay, "RUNNING", null);
    ask(replay);
    Look look = look(replay);
    while (!look.isOver() && look.problem().isEmpty() && !isRefused(look)) {
      if (!look.replay().equals("RUNNING")) {
        throw new ReplayException("it was cancelled; the file goes on to be loaded");
      }
      watcher.at(look.stored(), look.records());
      beat(replay, look);
      Thread.sleep(POLL.toMillis());
      look = look(replay);
    }
    Optional<String> failure = failure(look);
    beat(replay, look);
    ledger.change(replay, failure.isPresent() ? "FAILED" : "DONE", failure.orElse(null));
    return failure;
  }

  /** Rejected without a new attempt: it was not fit to be planned. */
  private static boolean isRefused(Look look) {
    return NOT_LOADED.contains(look.state());
  }

  private static Optional<String> failure(Look look) {
    if (look.problem().isPresent()) {
      return look.problem();
    }
    return look.state().startsWith("COMPLETED")
        ? Optional.empty()
        : Optional.of("the file is " + look.state() + look.why().map(why -> ": " + why).orElse(""));
  }

  private void ask(long replay) throws SQLException {
    try (Connection connection = site.database().getConnection();
        PreparedStatement ask = connection.prepareStatement(ASK)) {
      ask.setLong(1, replay);
      ask.execute();
    }
  }

  private void beat(long replay, Look look) throws SQLException {
    long done = look.isOver() ? look.records() : Math.min(look.stored(), look.records());
    ledger.beat(replay, look.records(), done, null);
  }

  private Look look(long replay) throws SQLException {
    try (Connection connection = site.database().getConnection();
        PreparedStatement look = connection.prepareStatement(LOOK)) {
      look.setLong(1, replay);
      try (ResultSet row = look.executeQuery()) {
        row.next();
        boolean again = row.getBoolean("again");
        return new Look(
            row.getString("replay"),
            row.getString("state"),
            Optional.ofNullable(row.getString("why")),
            again,
            again ? Optional.ofNullable(row.getString("problem")) : Optional.empty(),
            again ? row.getLong("records") : 0,
            again ? row.getLong("stored") : 0);
      }
    }
  }
}
