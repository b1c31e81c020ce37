package io.riffle.sink.rebuild;

import io.riffle.failure.Verdict;
import io.riffle.sink.write.Database;
import io.riffle.sink.write.DatabaseException;
import java.util.List;

/** Gives the shadow tables what {@link Structure} finds missing, indexes side by side. */
final class Building {
  private final Sessions sessions;
  private final ShadowTables tables;
  private final Structure structure;
  private final int threads;
  private final Steps steps;

  Building(Sessions sessions, ShadowTables tables, Structure structure, int threads, Steps steps) {
    this.sessions = sessions;
    this.tables = tables;
    this.structure = structure;
    this.threads = threads;
    this.steps = steps;
  }

  void run(Database database) throws InterruptedException {
    List<String> indexes = database.transaction(structure::missingIndexes);
    steps.begin(Step.INDEX, 0, indexes.size());
    Parallel.run(indexes, threads, IndexWorker::new);
    for (String statement : database.transaction(structure::missingConstraints)) {
      run(database, statement);
    }
    for (String statement : database.transaction(structure::unvalidated)) {
      run(database, statement);
    }
    database.transaction(
        connection -> {
          Structure.addKeyOfDeletes(connection, tables);
          return true;
        });
  }

  private void run(Database database, String statement) {
    try {
      database.transaction(
          connection -> {
            new Sql(connection).execute(statement);
            return true;
          });
    } catch (DatabaseException e) {
      if (e.failure().verdict() == Verdict.RECORD) {
        throw new RebuildException(
            "what the topic has does not fit: " + e.failure().text() + " of: " + statement);
      }
      throw e;
    }
    steps.advance(1);
  }

  /** A session that makes indexes. */
  private final class IndexWorker implements Parallel.Worker<String> {
    private final Database database = sessions.open();

    @Override
    public void work(String statement) {
      run(database, statement);
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
