package io.riffle.sink.write;

import io.riffle.failure.Failure;
import io.riffle.failure.Neighbour;
import io.riffle.sink.record.Incoming;
import io.riffle.sink.record.Incoming.Change;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.staging.HaltedTableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells records that do not fit their table from a table that does not fit the records, such as one
 * that an operator has altered: then nothing is set aside. Of a batch that does not fit, some
 * records of each type are tried alone, spread over the batch, and undone. Of types with fewer
 * records, those that were refused in a row count. One thread.
 */
public final class Brake {
  private final BrakeConfig config;
  private final Trial trial;
  private final Database database;

  /** How many of the next records were looked at as a batch. */
  private int looked;

  /** Types of which some of these were tried, and found to be at fault themselves. */
  private final Set<String> tried = new HashSet<>();

  /** By type. */
  private final Map<String, Integer> refusedInRow = new HashMap<>();

  public Brake(BrakeConfig config, BatchWriter writer, Database database) {
    this(config, writer.trial(), database);
  }

  /** For a replay's records. */
  public Brake(BrakeConfig config, ReplayWriter writer, Database database) {
    this(config, writer.trial(), database);
  }

  private Brake(BrakeConfig config, Trial trial, Database database) {
    this.config = config;
    this.trial = trial;
    this.database = database;
  }

  /**
   * Returns when the fault is in the records.
   *
   * @param head the next records, which do not fit as a batch
   * @throws DatabaseException when it is not
   * @throws HaltedTableException when it is in a staging table: other tables go on
   */
  public void check(List<Incoming> head, Failure refusal) {
    if (config.percent() == 100) {
      return;
    }
    if (head.size() > looked) {
      lookAt(head);
    }
    if (head.size() == 1 && !tried.contains(type(head.get(0)))) {
      countInRow(head.get(0), refusal);
    }
  }

  /** The next records were written. */
  public void written(List<Incoming> head) {
    looked = Math.max(0, looked - head.size());
    head.stream().filter(Brake::isOfTable).forEach(record -> refusedInRow.remove(type(record)));
  }

  private void lookAt(List<Incoming> head) {
    looked = 0; // unless all of them are tried to the end
    tried.clear();
    for (List<Incoming> records : byType(head)) {
      if (records.size() >= config.records()) {
        tryOut(records);
        tried.add(type(records.get(0)));
      }
    }
    looked = head.size();
  }

  private void tryOut(List<Incoming> records) {
    Map<String, Integer> refused = new HashMap<>();
    int fit = 0;
    for (int i = 0; i < config.records(); i++) {
      int at = (int) ((long) i * records.size() / config.records());
      Optional<Failure> refusal = trial.refusal(records.get(at));
      refusal.ifPresent(found -> refused.merge(found.code(), 1, Integer::sum));
      fit += refusal.isPresent() ? 0 : 1;
      if (!config.isExceeded(config.records() - fit, config.records())) {
        return;
      }
    }
    refused.forEach(
        (state, count) -> {
          if (config.isExceeded(count, config.records())) {
            stop(records.get(0), state, count);
          }
        });
  }

  private void countInRow(Incoming record, Failure refusal) {
    int count = refusedInRow.merge(type(record), 1, Integer::sum);
    if (count > config.records()) {
      stop(record, refusal.code(), count);
    }
  }

  /** With a new session next: temporary tables have the columns of when they were made. */
  private void stop(Incoming record, String state, int count) {
    looked = 0; // what comes next is not what was looked at
    String text =
        "all or nearly all records of "
            + type(record)
            + " that were tried ("
            + count
            + ") are refused with SQLSTATE "
            + state;
    if (record instanceof Change change) {
      throw new HaltedTableException(
          change.place().topicPartition(), change.firstOffset(), text + " by the staging table");
    }
    database.close();
    throw new DatabaseException(Failure.of(Neighbour.POSTGRES, "BRAKE", text));
  }

  private static Collection<List<Incoming>> byType(List<Incoming> head) {
    Map<String, List<Incoming>> byType = new LinkedHashMap<>();
    for (Incoming record : head) {
      if (isOfTable(record)) {
        byType.computeIfAbsent(type(record), added -> new ArrayList<>()).add(record);
      }
    }
    return byType.values();
  }

  private static boolean isOfTable(Incoming record) {
    return record instanceof RowChange || record instanceof Change;
  }

  private static String type(Incoming record) {
    return record.place().topic().type();
  }
}
