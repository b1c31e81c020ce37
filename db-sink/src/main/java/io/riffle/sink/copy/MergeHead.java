package io.riffle.sink.copy;

import io.riffle.schemas.avro.RecordSchemas;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Version;
import org.apache.avro.Schema;

/**
 * What the sink needs of a merged record's first field.
 *
 * @param origin the delivered record that caused this one
 * @param linesHash hash of the lines, 0 for types without lines
 */
public record MergeHead(Origin origin, long linesHash) {

  /** Reads the field {@code merge} as its writer wrote it. */
  static MergeHead read(AvroCursor in, Schema merge) throws MalformedValueException {
    Origin origin = null;
    long linesHash = 0;
    for (Schema.Field field : merge.getFields()) {
      switch (field.name()) {
        case RecordSchemas.ORIGIN -> origin = origin(in, field.schema());
        case "linesHash" -> linesHash = in.readLong();
        default -> in.skip(field.schema());
      }
    }
    if (origin == null || origin.version() == null) {
      throw new MalformedValueException("no origin");
    }
    return new MergeHead(origin, linesHash);
  }

  private static Origin origin(AvroCursor in, Schema schema) throws MalformedValueException {
    long file = 0;
    int attempt = 0;
    Version version = null;
    long line = 0;
    int rows = 0;
    for (Schema.Field field : schema.getFields()) {
      switch (field.name()) {
        case "file" -> file = in.readLong();
        case "attempt" -> attempt = in.readInt();
        case "version" -> version = version(in, field.schema());
        case "line" -> line = in.readLong();
        case "rows" -> rows = in.readInt();
        default -> in.skip(field.schema());
      }
    }
    return new Origin(file, attempt, version, line, rows);
  }

  private static Version version(AvroCursor in, Schema schema) throws MalformedValueException {
    long instant = 0;
    int feed = 0;
    int sequence = 0;
    int entry = 0;
    long record = 0;
    for (Schema.Field field : schema.getFields()) {
      switch (field.name()) {
        case "instant" -> instant = in.readLong();
        case "feed" -> feed = in.readInt();
        case "sequence" -> sequence = in.readInt();
        case "entry" -> entry = in.readInt();
        case "record" -> record = in.readLong();
        default -> in.skip(field.schema());
      }
    }
    return new Version(instant, feed, sequence, entry, record);
  }
}
