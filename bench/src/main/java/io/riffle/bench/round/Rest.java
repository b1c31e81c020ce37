package io.riffle.bench.round;

import io.riffle.bench.chain.Database;
import io.riffle.bench.meter.Meter;
import io.riffle.bench.meter.Quiet;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The pause before each contender: nobody pays for who was before. */
public final class Rest {

  private final Database database;
  private final Meter meter;

  public Rest(Database database, Meter meter) {
    this.database = database;
    this.meter = meter;
  }

  /** Files are written back, Postgres makes a checkpoint, and the services come to rest. */
  public void before(long records) throws IOException, SQLException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
    database.checkpoint();
    Quiet.await(meter, patience(records));
  }

  /** A large load leaves more behind. */
  private static Duration patience(long records) {
    return Duration.ofMillis(Math.max(1_000, Math.min(records / 5, 30_000)));
  }
}
