package io.riffle.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final Trace FIRST =
      new Trace(
          List.of("lag", "group ä", "topic"),
          List.of(
              List.of(
                  new Point(1_790_000_000L, 7, 0.5f),
                  new Point(1_790_000_010L, 0, 0f),
                  new Point(1_790_003_000L, Long.MAX_VALUE, Float.NaN)),
              List.of()));
  private static final Trace SECOND = new Trace(List.of("pipeline", "claims"), List.of());

  @TempDir private Path folder;
  private HistoryFile file;

  @BeforeEach
  void open() {
    file = new HistoryFile(folder.resolve("history"));
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    file.write(List.of(given(FIRST), given(SECOND)));

    assertThat(read()).containsExactly(FIRST, SECOND);
    file.write(List.of(given(SECOND)));
    assertThat(read()).containsExactly(SECOND);
    assertThat(folder.toFile().list()).as("nothing beside it").hasSize(1);
    assertThat(Files.getPosixFilePermissions(folder.resolve("history")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** Cut anywhere, or with any byte another one: that shows, at its end at the latest. */
  @Test
  void aDamagedFileIsRefused() throws IOException {
    file.write(List.of(given(FIRST)));
    byte[] good = Files.readAllBytes(folder.resolve("history"));
    for (int length = 0; length < good.length; length++) {
      Files.write(folder.resolve("history"), Arrays.copyOf(good, length));
      assertThatThrownBy(this::read).as("cut at " + length).isInstanceOf(IOException.class);
    }
    for (int place = 10; place < good.length; place++) { // before are gzip's time and flags
      byte[] other = good.clone();
      other[place] ^= 0x55;
      Files.write(folder.resolve("history"), other);
      assertThatThrownBy(this::read).as("byte " + place).isInstanceOf(IOException.class);
    }
  }

  /** The file of before stays when the new one cannot be written to its end. */
  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    file.write(List.of(given(FIRST)));
    Remembering failing =
        new Remembering() {
          @Override
          public void tell(Sink sink) throws IOException {
            sink.accept(SECOND);
            throw new IOException("no space left on device");
          }

          @Override
          public void restore(Trace trace, Instant now) {}
        };

    assertThatThrownBy(() -> file.write(List.of(failing))).isInstanceOf(IOException.class);

    assertThat(read()).containsExactly(FIRST);
  }

  private List<Trace> read() throws IOException {
    List<Trace> traces = new ArrayList<>();
    file.read(traces::add);
    return traces;
  }

  private static Remembering given(Trace trace) {
    return new Remembering() {
      @Override
      public void tell(Sink sink) throws IOException {
        sink.accept(trace);
      }

      @Override
      public void restore(Trace other, Instant now) {}
    };
  }
}
