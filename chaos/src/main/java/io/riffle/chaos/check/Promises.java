package io.riffle.chaos.check;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.reference.Hashing;
import io.riffle.schemas.layout.Layouts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** All promises, looked at when everything is settled; the versions of rows all the time. */
public final class Promises implements AutoCloseable {

  private final TotalsAddUp totals;
  private final TablesEqualReference tables;
  private final NoRowTwice keys;
  private final NewestWins versions;
  private final NoValueInLogs logs;
  private final Sampler sampler;

  /**
   * Begins to look at the rows.
   *
   * @param schema of the tables of record
   * @param logs folder of the stack's logs
   */
  public Promises(DataSource database, String schema, Layouts layouts, Path logs) {
    this.totals = new TotalsAddUp(database, schema);
    this.tables = new TablesEqualReference(database, schema, layouts, Hashing.USUAL);
    this.keys = new NoRowTwice(database, schema, layouts);
    this.versions = new NewestWins(database, schema, layouts);
    this.logs = new NoValueInLogs(logs);
    this.sampler = new Sampler(versions);
  }

  /** What was not kept, of all sets delivered so far, by the key of their manifest. */
  public List<Finding> look(Map<String, ChaosSet> sets)
      throws SQLException, IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>(totals.look(sets));
    findings.addAll(tables.look(sets.values()));
    findings.addAll(keys.look());
    findings.addAll(versions.look());
    findings.addAll(logs.look());
    return findings;
  }

  /** Lines of logs, and versions of rows, may be looked at when nothing else answers. */
  public List<Finding> lookAtLogs() throws IOException {
    return logs.look();
  }

  @Override
  public void close() {
    sampler.close();
  }
}
