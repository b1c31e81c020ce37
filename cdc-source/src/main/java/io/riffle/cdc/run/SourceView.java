package io.riffle.cdc.run;

import io.riffle.cdc.ledger.CapturedSource;
import io.riffle.cdc.ledger.SlotNote;
import io.riffle.cdc.ledger.SnapshotState;
import io.riffle.cdc.ledger.TableSnapshot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was last seen of a source, as an MBean until it is closed. Safe for several threads. */
final class SourceView implements SourceMXBean, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceView.class);
  private static final long UNKNOWN = -1;

  /** What is seen at once. */
  private record Seen(CapturedSource source, Optional<SlotNote> slot, List<TableSnapshot> open) {}

  private final ObjectName name;
  private volatile Seen seen;

  private SourceView(ObjectName name, CapturedSource source) {
    this.name = name;
    this.seen = new Seen(source, Optional.empty(), List.of());
  }

  static SourceView show(String set, CapturedSource source) {
    try {
      ObjectName name =
          new ObjectName("io.riffle:type=CdcSource,set=" + set + ",source=" + source.name());
      SourceView view = new SourceView(name, source);
      ManagementFactory.getPlatformMBeanServer().registerMBean(view, name);
      return view;
    } catch (JMException e) {
      throw new IllegalStateException("one keeper of a source at a time", e);
    }
  }

  void update(CapturedSource source, Optional<SlotNote> slot, List<TableSnapshot> newest) {
    List<TableSnapshot> open =
        newest.stream()
            .filter(
                one ->
                    one.state() == SnapshotState.REQUESTED || one.state() == SnapshotState.RUNNING)
            .toList();
    seen = new Seen(source, slot, open);
  }

  @Override
  public void close() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      log.atDebug().addKeyValue("name", name).log("was not shown any more");
    } catch (JMException e) {
      log.atWarn().addKeyValue("name", name).setCause(e).log("still seen by JMX");
    }
  }

  @Override
  public String getState() {
    return seen.source().state().name();
  }

  @Override
  public String getReason() {
    return seen.source().reason().orElse("");
  }

  @Override
  public int getEpoch() {
    return seen.source().epoch();
  }

  @Override
  public int getSlotActive() {
    return seen.slot().map(slot -> slot.active() ? 1 : 0).orElse(0);
  }

  @Override
  public String getWalStatus() {
    return seen.slot().map(SlotNote::walStatus).orElse("");
  }

  @Override
  public long getRetainedBytes() {
    return seen.slot().map(SlotNote::retainedBytes).orElse(0L);
  }

  @Override
  public long getSafeBytes() {
    return seen.slot().flatMap(SlotNote::safeBytes).orElse(UNKNOWN);
  }

  @Override
  public long getConfirmedLsn() {
    return seen.slot().flatMap(SlotNote::confirmedLsn).orElse(UNKNOWN);
  }

  @Override
  public long getReadLsn() {
    return seen.slot().flatMap(SlotNote::readLsn).orElse(UNKNOWN);
  }

  @Override
  public long getServerLsn() {
    return seen.slot().map(SlotNote::serverLsn).orElse(UNKNOWN);
  }

  @Override
  public double getSecondsBehind() {
    return seen.slot().flatMap(SlotNote::behindSeconds).orElse((double) UNKNOWN);
  }

  @Override
  public int getSnapshotTables() {
    return seen.open().size();
  }

  @Override
  public long getSnapshotRowsDone() {
    return sum(TableSnapshot::rowsDone);
  }

  @Override
  public long getSnapshotRowsLeft() {
    return sum(TableSnapshot::rowsLeft);
  }

  private long sum(ToLongFunction<TableSnapshot> of) {
    return seen.open().stream().mapToLong(of).sum();
  }
}
