package io.riffle.sink;

import static io.riffle.sink.SinkFixture.CARRIER_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private Path disk;

  FullDiskTest(TestPostgres server) {
    sink = new SinkFixture(server);
  }

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createTempDirectory("riffle-disk");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "no file system can be mounted here");
    Path space = Files.createDirectory(disk.resolve("space"));
    sink.postgres.execute("CREATE TABLESPACE small LOCATION '" + space + "'");
    sink.postgres.execute("ALTER TABLE ccw.carrier_claims SET TABLESPACE small");
  }

  @AfterEach
  void unmount() throws Exception {
    if (Files.exists(disk.resolve("space"))) {
      sink.postgres.execute("ALTER TABLE ccw.carrier_claims SET TABLESPACE pg_default");
      sink.postgres.execute("DROP TABLESPACE small");
      run("umount", disk.toString());
    }
    Files.delete(disk);
    sink.close();
  }

  @Test
  void nothingIsRejectedAndAllIsWrittenWhenThereIsRoomAgain() throws Exception {
    TestWorker worker = sink.worker().open(CARRIER_0);
    Path filler = fill();
    for (long key = 1; key <= RECORDS; key++) {
      sink.putCarrier(1, key, 100, 1, 1);
    }
    for (int round = 0; round < 4; round++) {
      worker.poll();
    }
    assertThat(attribute("State")).isEqualTo("PAUSED");
    assertThat(attribute("Cause")).isEqualTo("53100");
    assertThat(attribute("Text")).contains("No space left on device");

    Files.delete(filler);
    worker.drain();

    assertThat(attribute("State")).isEqualTo("WORKING");
    assertThat(sink.row("SELECT count(*) FROM ccw.carrier_claims"))
        .isEqualTo(Integer.toString(RECORDS));
    assertThat(sink.row("SELECT applied, rejected FROM riffle.sink_totals"))
        .isEqualTo(RECORDS + "|0");
    assertThat(sink.rows("SELECT * FROM riffle.rejects")).isEmpty();
  }

  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4096];
      while (disk.toFile().getUsableSpace() > 0) {
        out.write(page);
      }
    }
    return filler;
  }

  private static String attribute(String name) throws Exception {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName("io.riffle:type=Pause,set=main,part=main-db-sink-0"), name);
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
