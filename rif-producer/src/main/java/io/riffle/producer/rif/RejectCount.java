package io.riffle.producer.rif;

import io.riffle.producer.hash.TextHashes;
import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.control.Version;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many records of a planned file cannot be read, by reason, and where the first one is. Workers
 * will reject the same ones: the same reader looked at them.
 */
public final class RejectCount {

  /**
   * A record that cannot be read.
   *
   * @param line line of the row to blame
   * @param column name in the header row of the column to blame, when one is
   */
  public record Place(long line, Optional<String> column) {}

  private static final Version NO_VERSION = new Version(0, 0, 0, 0, 1);

  private final Map<RejectReason, Long> byReason = new EnumMap<>(RejectReason.class);
  private Optional<Place> first = Optional.empty();

  private RejectCount() {}

  /**
   * Reads all values of a file, in the memory of one reader.
   *
   * @param merge whether the file is of a {@code _MERGE} entry
   * @param rows the bytes of all splits of the plan and none beyond; not closed
   * @throws IOException when {@code rows} fails
   */
  public static RejectCount of(FilePlan plan, Layout layout, boolean merge, InputStream rows)
      throws IOException {
    RejectCount count = new RejectCount();
    if (!plan.splits().isEmpty()) {
      HeaderPlan header = HeaderPlan.ofChecked(plan.header(), layout, merge);
      SplitPlace place = new SplitPlace(0, 0, NO_VERSION, plan.splits().get(0).line());
      new SplitReader(header, 0, TextHashes.BLANK).read(rows, place, count.new Receiver());
    }
    return count;
  }

  /** Records that cannot be read. */
  public long records() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many, by reason; reasons of none are left out. */
  public Map<RejectReason, Long> byReason() {
    return Map.copyOf(byReason);
  }

  /**
   * The reason of most of them; of two with as many the one that {@link RejectReason} has first.
   */
  public Optional<RejectReason> mostFrequent() {
    RejectReason most = null;
    for (RejectReason reason : byReason.keySet()) {
      most = most == null || byReason.get(reason) > byReason.get(most) ? reason : most;
    }
    return Optional.ofNullable(most);
  }

  /** The first one in the file. */
  public Optional<Place> first() {
    return first;
  }

  private final class Receiver implements RecordReceiver {

    @Override
    public void accepted(byte[] key, EncodedValue value, RecordPosition position) {
      // Good records are the others.
    }

    @Override
    public void deleted(byte[] key, Origin origin) {
      // A good record, too.
    }

    @Override
    public void rejected(RejectedRecord record) {
      first = first.or(() -> Optional.of(new Place(record.at(), record.column())));
      byReason.merge(record.reason(), 1L, Long::sum);
    }
  }
}
