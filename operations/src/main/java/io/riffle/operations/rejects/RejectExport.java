package io.riffle.operations.rejects;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.util.List;

/** Writes rejects for other programs: CSV with a header, or JSON lines. */
public final class RejectExport {

  private final RejectLedger ledger;
  private final boolean json;

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
    return ledger.export(filter, raw, json ? new JsonLines(out) : new Csv(out));
  }

  private record Csv(Writer out) implements RejectLedger.RowReceiver {
    @Override
    public void begin(List<String> names) throws IOException {
      out.write(CsvLine.of(names));
    }

    @Override
    public void accept(RejectRow row) throws IOException {
      out.write(CsvLine.of(row.values().values()));
    }
  }

  private record JsonLines(Writer out) implements RejectLedger.RowReceiver {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void begin(List<String> names) {}

    @Override
    public void accept(RejectRow row) throws IOException {
      out.write(MAPPER.writeValueAsString(row.values()) + "\n");
    }
  }
}
