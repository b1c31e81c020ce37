package io.riffle.operations.cdc;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.EpochRows;
import io.riffle.cdc.ledger.SourceState;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.source.CapturedTable;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A source {@code qvp} in a ledger, which streams one table. */
public final class StreamingSource {

  private StreamingSource() {}

  /** Adds it. */
  public static void addTo(Connection ledger, CapturedTable table) throws SQLException {
    Sources sources = new Sources(ledger);
    sources.add(
        new SourceSpec(
            "qvp",
            SourceUrl.parse("jdbc:postgresql://localhost/qvp"),
            "reader",
            "file:qvp.password",
            List.of(table.name()),
            100,
            Duration.ofHours(1)),
        false,
        "test");
    new EpochRows(ledger).begin("qvp");
    new EpochRows(ledger).began("qvp", new CapturedSource.Made("77", 1, 100), List.of(table));
    sources.state("qvp", SourceState.STREAMING, Optional.empty());
  }
}
