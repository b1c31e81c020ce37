package io.riffle.cdc.run;

import io.riffle.cdc.ledger.TableNotes;
import io.riffle.cdc.source.Relations;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices captured tables that were dropped, made again, renamed or taken out of the publication:
 * the source's log says nothing of it, their changes just end. What was noticed stays noted until
 * the table is read again. For one thread.
 */
final class TableWatch {
  private static final Logger log = LoggerFactory.getLogger(TableWatch.class);

  private final TableNotes notes;
  private final SourceNames names;
  private List<String> texts = List.of();

  /**
   * A watch.
   *
   * @param ledger the keeper's own connection
   */
  TableWatch(Connection ledger, SourceNames names) {
    this.notes = new TableNotes(ledger);
    this.names = names;
  }

  /** Compares what the source has with what was captured. */
  void look(Connection source) throws SQLException {
    List<TableNotes.Note> streamed = notes.streamed(names.source());
    List<Relations.Found> found =
        new Relations(source, names)
            .find(
                streamed.stream()
                    .map(note -> new Relations.Wanted(note.name(), note.relation()))
                    .toList());
    List<String> told = new ArrayList<>();
    for (TableNotes.Note note : streamed) {
      for (Relations.Found one : found) {
        if (one.name().equals(note.name())) {
          compare(note, one).ifPresent(told::add);
        }
      }
    }
    texts = told;
  }

  /** What is to be told of the tables at the last look. */
  List<String> texts() {
    return texts;
  }

  private Optional<String> compare(TableNotes.Note note, Relations.Found now) throws SQLException {
    Optional<String> trouble = trouble(note, now);
    if (trouble.isPresent()) {
      if (!trouble.equals(note.lost())) {
        notes.lost(names.source(), note.name(), trouble.get());
        log.atWarn()
            .addKeyValue("source", names.source())
            .addKeyValue("table", note.name())
            .log("captured table " + trouble.get());
      }
      return Optional.of(remedy(note.name(), trouble.get(), now));
    }
    if (note.relation().isEmpty()) {
      notes.known(names.source(), note.name(), now.relation().orElseThrow());
    }
    return note.lost()
        .map(
            lost ->
                note.name()
                    + " "
                    + lost
                    + ", and is as it was again: changes of it may be missing, riffle cdc snapshot "
                    + names.source()
                    + " "
                    + note.name());
  }

  private Optional<String> trouble(TableNotes.Note note, Relations.Found now) {
    if (now.relation().isEmpty()) {
      Optional<TableName> renamed = now.captured();
      return Optional.of(
          renamed.map(name -> "was renamed to " + name).orElse("was dropped, or renamed"));
    }
    if (note.relation().isPresent() && !note.relation().equals(now.relation())) {
      return Optional.of("is another table than the one that was captured");
    }
    return now.published()
        ? Optional.empty()
        : Optional.of("is not in publication " + names.publication());
  }

  private String remedy(TableName table, String trouble, Relations.Found now) {
    String what = now.relation().isEmpty() ? "nothing of it is captured" : "its changes are lost";
    String how =
        now.published()
            ? " " + table + " reads it again"
            : " --new-epoch takes the tables that there are";
    return table + " " + trouble + ": " + what + ", riffle cdc snapshot " + names.source() + how;
  }
}
