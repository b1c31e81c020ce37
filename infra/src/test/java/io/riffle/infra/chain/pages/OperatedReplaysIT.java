package io.riffle.infra.chain.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.Cli;
import io.riffle.infra.generate.DataSetGenerator;
import io.riffle.testing.Accessibility;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Replays by their pages: rows that are gone come back, and else the table is as it was. */
@InChromium
class OperatedReplaysIT {
  private static final int RECORDS = 200;
  private static final String TABLE = "partd_events";
  private static final String NAME = "Name of the table or topic, or key of the file";
  private static final String OF_A_TABLE = "a table of record, with those that belong to it";
  private static final String BY_FORCE =
      "write rows of the same version again, too: what was changed by hand";

  @RegisterExtension final People people = new People();
  private final Chain chain = Chain.shared();
  private final Keys keys = new Keys("pde_id", Chain.claimRecords(RECORDS), RECORDS);
  private String key;
  private String before;
  @TempDir Path set;

  @BeforeEach
  void load() throws Exception {
    new DataSetGenerator(Chain.request(List.of("PDE"), keys.first(), RECORDS)).write(set);
    key = chain.load(set).get(0).key();
    before = content();
  }

  @Test
  void aPlanIsLookedAtRunAndDoneOrCancelled() throws Exception {
    AtConsole odile = people.operator().key("p").follow("Plan a replay …").isFit("replay-new");
    odile.fill(NAME, "teeth").press("Make a plan").told("there is no table of record teeth");
    people.wereRefusedOnce(409);
    delete(1, 40);
    odile.tick("what a file delivered").fill(NAME, key).press("Make a plan");
    odile.told("This is the plan; nothing was changed.").fact("State", "PLANNED");
    odile.reads("rows that were deleted by hand, past Riffle, are back").isFit("replay-planned");
    String first = number(odile);
    people.viewer().open("/replays/" + first).fact("State", "PLANNED").mayOnlyLook();
    odile.press("Cancel").told("Replay " + first + " is cancelled.").fact("State", "CANCELLED");
    assertThat(state(first)).isEqualTo("CANCELLED odile 0");
    assertThat(rows()).as("nothing was done").isEqualTo(RECORDS - 40);

    odile.follow("All replays").follow("Plan a replay …").tick("what a file delivered");
    odile.fill(NAME, key).press("Make a plan").told("This is the plan; nothing was changed.");
    String second = number(odile);
    odile.press("Run it").told("is on its way.").fact("State", "DONE").fact("Written", "40");
    odile.isFit("replay-done");
    assertThat(odile.fact("Kept")).isEqualTo("" + (RECORDS - 40));
    assertThat(state(second)).isEqualTo("DONE odile 40");
    assertThat(content()).isEqualTo(before);
    odile
        .follow("All replays")
        .cell("Replays, newest first", key, "State", "DONE")
        .isFit("replays");
    assertThat(odile.cell("Replays, newest first", key, "Planned (UTC)")).endsWith("by odile");
    assertThat(Accessibility.outOfSight(odile.page())).as("in a window of usual width").isEmpty();
    assertThat(odile.asked()).contains("Run replay " + second + "?");
    assertThat(odile.noted("REPLAY_PLAN", key)).isEqualTo("replay " + second + " MERGE");
    assertThat(odile.noted("REPLAY_CANCEL", "replay " + first + ":")).isEqualTo("CANCELLED");
    assertThat(people.unsent("/replays")).isEmpty();
  }

  /** A row that somebody else holds keeps the run from its end until it is cancelled. */
  @Test
  void aRunningOneIsCancelledAndTheNextBringsTheRowsBack() throws Exception {
    AtConsole odile = people.operator();
    String first;
    try (Connection other = chain.database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          "CREATE TEMP TABLE kept AS SELECT * FROM ccw.partd_events WHERE " + keys.some(7, 1));
      other.commit();
      delete(1, RECORDS);
      statement.execute("INSERT INTO ccw.partd_events SELECT * FROM kept");
      plan(odile, "merge: in place, missing rows come back", false);
      first = number(odile);
      odile.press("Run it").told("is on its way.").fact("State", "RUNNING");
      await("the run to wait for the row").atMost(Duration.ofMinutes(1)).until(() -> waits(first));
      odile.isFit("replay-running").press("Cancel").told("Replay " + first + " is cancelled.");
      odile.fact("State", "CANCELLED");
      other.rollback();
    }
    await("the run to be over").atMost(Duration.ofMinutes(1)).until(() -> !connected(first));
    assertThat(state(first)).as("it tells all that it did").isEqualTo("CANCELLED odile " + rows());

    plan(odile, "merge: in place, missing rows come back", true);
    odile.press("Run it").fact("State", "DONE");

    assertThat(odile.fact("Mode")).isEqualTo("MERGE FORCED");
    assertThat(content()).isEqualTo(before);
    assertThat(odile.noted("REPLAY_CANCEL", "replay " + first + ":")).isEqualTo("CANCELLED");
  }

  @Test
  void partsOfATopicAndSomeRecordsAreReplayedAndATableIsRebuilt() throws Exception {
    AtConsole odile = people.operator();
    delete(10, 3);
    odile.open("/replays/new").tick("some records").choose("Type, of records", "PDE");
    odile.fill("Keys, with commas", keys.of(10) + ", " + keys.of(11));
    odile.press("Make a plan").told("This is the plan").press("Run it").fact("State", "DONE");
    assertThat(odile.fact("Keys")).isEqualTo("2");
    assertThat(odile.page().content()).as("no key is shown").doesNotContain("" + keys.of(10));
    assertThat(rows()).isEqualTo(RECORDS - 1);

    odile.open("/replays/new").tick("a merged topic").fill(NAME, "main.merged.pde");
    odile.tick("so long ago: 24h, PT1H, 7d").fill("Start", "1h").press("Make a plan");
    odile.told("This is the plan").press("Run it").fact("State", "DONE").fact("Written", "1");
    assertThat(content()).isEqualTo(before);

    chain.execute("UPDATE ccw.partd_events SET tot_rx_cst_amt = 1 WHERE " + keys.some(30, 5));
    plan(odile, "rebuild: new tables that take the place of the present ones", false);
    odile.press("Run it").fact("State", "DONE").isFit("rebuilt");
    assertThat(content()).as("what was changed by hand is gone").isEqualTo(before);
    new Cli(chain.stack().home()).run(0, "replay", "drop", number(odile));
    odile.fact("State", "DONE (dropped)");
  }

  private static void plan(AtConsole odile, String mode, boolean forced) {
    odile.open("/replays/new").tick(OF_A_TABLE).fill(NAME, TABLE).tick(mode);
    if (forced) {
      odile.tick(BY_FORCE);
    }
    odile.press("Make a plan").told("This is the plan");
  }

  private static String number(AtConsole odile) {
    return odile.page().url().replaceFirst(".*/", "");
  }

  private void delete(int from, int count) throws SQLException {
    chain.execute("DELETE FROM ccw.partd_events WHERE " + keys.some(from, count));
  }

  private long rows() throws SQLException {
    return chain.number("SELECT count(*) FROM ccw.partd_events WHERE " + keys.all());
  }

  /** One word for all rows and columns; when they were written is not content. */
  private String content() throws SQLException {
    return chain.text(
        "SELECT count(*) || ' ' || md5(string_agg((to_jsonb(t) - 'last_updated')::text, ','"
            + " ORDER BY pde_id)) FROM ccw.partd_events t WHERE "
            + keys.all());
  }

  private String state(String replay) throws SQLException {
    return chain.text(
        "SELECT concat_ws(' ', state, planned_by, rows_written) FROM riffle.replays"
            + " WHERE replay_id = "
            + replay);
  }

  private boolean waits(String replay) throws SQLException {
    return sessions(replay, "wait_event_type = 'Lock'") > 0;
  }

  private boolean connected(String replay) throws SQLException {
    return sessions(replay, "true") > 0;
  }

  private long sessions(String replay, String which) throws SQLException {
    return chain.number(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'riffle-replay-%s' AND %s"
            .formatted(replay, which));
  }
}
