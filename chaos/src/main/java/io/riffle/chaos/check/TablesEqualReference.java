package io.riffle.chaos.check;

import io.riffle.chaos.data.ChaosSet;
import io.riffle.chaos.reference.Hashing;
import io.riffle.chaos.reference.Reference;
import io.riffle.chaos.reference.Rows;
import io.riffle.chaos.reference.StoredRows;
import io.riffle.infra.generate.GenerateRequest.Entry;
import io.riffle.infra.generate.GeneratedFile;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.layout.Lines;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/** Every delivered record is in the tables, and nothing else is: type by type, from the files. */
public final class TablesEqualReference {

  private static final String MONTH = "year_month";

  private final StoredRows stored;
  private final Layouts layouts;
  private final Hashing hashing;

  public TablesEqualReference(
      DataSource database, String schema, Layouts layouts, Hashing hashing) {
    this.stored = new StoredRows(database, schema);
    this.layouts = layouts;
    this.hashing = hashing;
  }

  /** Compares all tables with what all sets that were delivered make of them. */
  public List<Finding> look(Collection<ChaosSet> sets)
      throws IOException, SQLException, InterruptedException {
    List<ChaosSet> oldestFirst =
        sets.stream().sorted(Comparator.comparing(ChaosSet::second)).toList();
    List<Finding> findings = new ArrayList<>();
    for (Layout layout : layouts.all()) {
      if (layout.joins().isEmpty()) {
        findings.addAll(compare(layout, reference(layout, oldestFirst)));
      }
    }
    return findings;
  }

  private Reference reference(Layout layout, List<ChaosSet> oldestFirst) throws IOException {
    Reference reference = new Reference(layout, hashing);
    for (ChaosSet set : oldestFirst) {
      for (GeneratedFile file : set.files()) {
        Entry entry = Entry.parse(layouts, file.type());
        if (entry.layout().equals(layout)) {
          reference.add(set.path(file), entry.merge());
        }
      }
    }
    return reference;
  }

  private List<Finding> compare(Layout layout, Reference reference)
      throws SQLException, IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    for (Rows expected : reference.tables()) {
      Rows found = stored.read(expected.table(), key(layout, expected.table()));
      findings.addAll(new TableComparison(expected, found).findings());
    }
    return findings;
  }

  /** Columns that name a row; former identities have none. */
  private static List<String> key(Layout layout, String table) {
    String key = layout.key().sqlName();
    if (table.equals(layout.headerTable())) {
      return List.of(key);
    } else if (layout.lineTable().filter(table::equals).isEmpty()) {
      return List.of();
    }
    return layout.lines() == Lines.YEARS
        ? List.of(key, MONTH)
        : List.of(key, layout.lineKey().orElseThrow().sqlName());
  }
}
