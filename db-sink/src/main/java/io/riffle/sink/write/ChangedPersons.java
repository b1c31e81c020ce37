package io.riffle.sink.write;

import io.riffle.sink.record.Incoming.Put;
import io.riffle.sink.record.Incoming.RowChange;
import io.riffle.sink.write.TypeWriter.Written;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whose rows a batch has changed, by the attempts that delivered the changes. */
final class ChangedPersons {
  private final SortedMap<Attempt, SortedSet<Long>> byAttempt = new TreeMap<>();

  /** Notes a change that was not refused. */
  void add(RowChange change, Written written) {
    OptionalLong person = person(change, written);
    if (person.isPresent()) {
      byAttempt
          .computeIfAbsent(Attempt.of(change.cause()), added -> new TreeSet<>())
          .add(person.getAsLong());
    }
  }

  SortedMap<Attempt, SortedSet<Long>> byAttempt() {
    return byAttempt;
  }

  private static OptionalLong person(RowChange change, Written written) {
    if (change instanceof Put put) {
      return put.row().person();
    }
    Long person = written.deletedPersons().get(change.key());
    return person == null ? OptionalLong.empty() : OptionalLong.of(person);
  }
}
