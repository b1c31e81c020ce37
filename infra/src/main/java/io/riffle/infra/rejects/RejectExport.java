package io.riffle.infra.rejects;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;

/** Writes rejects for other programs: CSV with a header, or JSON lines. */
public final class RejectExport {

  private final RejectLedger ledger;
  private final boolean json;
  private final ObjectMapper mapper = new ObjectMapper();
  private boolean headed;

  public RejectExport(RejectLedger ledger, boolean json) {
    this.ledger = ledger;
    this.json = json;
  }

  /**
   * Writes all that are meant.
   *
   * @param raw with the records as they came: health data
   * @return how many
   */
  public long write(RejectFilter filter, boolean raw, Writer out) throws SQLException, IOException {
    return ledger.export(filter, raw, row -> write(row, out));
  }

  private void write(RejectRow row, Writer out) throws IOException {
    if (json) {
      out.write(mapper.writeValueAsString(row.values()) + "\n");
      return;
    }
    if (!headed) {
      out.write(CsvLine.of(row.values().keySet()));
      headed = true;
    }
    out.write(CsvLine.of(row.values().values()));
  }
}
