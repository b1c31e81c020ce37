package io.riffle.bench.peer;

/** One run of each sink on the same records, one after the other. */
public record Duel(SinkCost riffle, SinkCost debezium) {

  /** How many times as fast Riffle's sink was, by the wall clock. */
  public double ratioToDebeziumSink() {
    return riffle.recordsPerSecond() / debezium.recordsPerSecond();
  }

  /** How many times as much CPU the Debezium sink took; steadier than the wall clock. */
  public double cpuRatioToDebeziumSink() {
    return debezium.cpuMicrosPerRecord() / riffle.cpuMicrosPerRecord();
  }
}
