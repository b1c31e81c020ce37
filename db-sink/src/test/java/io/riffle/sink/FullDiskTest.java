package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.SmallDisk;
import io.riffle.testing.TestPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A disk that is really full: a tablespace on a small file system of its own. Mounting one takes
 * root; skipped without.
 */
@ExtendWith(PostgresExtension.class)
class FullDiskTest {
  private static final int RECORDS = 300;

  private final SinkFixture sink;
  private SmallDisk disk;

  FullDiskTest(TestPostgres server) {
    sink = new SinkFixture(server);
  }

  @BeforeEach
  void mount() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(4);
    assumeTrue(mounted.isPresent(), "no file system can be mounted here");
    disk = mounted.get();
    Path space = Files.createDirectory(disk.folder().resolve("space"));
    sink.postgres.execute("CREATE TABLESPACE small LOCATION '" + space + "'");
    sink.postgres.execute("ALTER TABLE ccw.carrier_claims SET TABLESPACE small");
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      sink.postgres.execute("ALTER TABLE ccw.carrier_claims SET TABLESPACE pg_default");
      sink.postgres.execute("DROP TABLESPACE small");
      disk.close();
    }
    sink.close();
  }

  @Test
  void nothingIsRejectedAndAllIsWrittenWhenThereIsRoomAgain() throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    disk.fillBut(0);
    for (long key = 1; key <= RECORDS; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    for (int round = 0; round < 4; round++) {
      worker.poll();
    }
    assertThat(attribute("State")).isEqualTo("PAUSED");
    assertThat(attribute("Cause")).isEqualTo("53100");
    assertThat(attribute("Text")).contains("No space left on device");

    disk.free();
    worker.drain();

    assertThat(attribute("State")).isEqualTo("WORKING");
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims"))
        .isEqualTo(Integer.toString(RECORDS));
    assertThat(sink.row("SELECT applied, rejected FROM riffle.sink_totals"))
        .isEqualTo(RECORDS + "|0");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  private static String attribute(String name) throws Exception {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName("io.riffle:type=Pause,set=main,part=main-db-sink-0"), name);
  }
}
