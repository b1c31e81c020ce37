package io.riffle.bench.peer;

import java.time.Duration;

/**
 * What it cost a sink to store a topic's records.
 *
 * @param records merged records, barriers not counted
 * @param wall from the connector's creation until the last row was committed
 * @param connectCpu user and system time of the Connect worker in that time
 * @param postgresCpu the same of Postgres, all processes
 */
public record SinkCost(long records, Duration wall, Duration connectCpu, Duration postgresCpu) {

  private static final double NANOS = 1e9;

  public double recordsPerSecond() {
    return records * NANOS / wall.toNanos();
  }

  /** Of both processes. */
  public double cpuMicrosPerRecord() {
    return (connectCpu.toNanos() + postgresCpu.toNanos()) / 1e3 / records;
  }
}
