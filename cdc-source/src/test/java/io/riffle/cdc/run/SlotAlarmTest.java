package io.riffle.cdc.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.riffle.cdc.ledger.SlotNote;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SlotAlarmTest {
  private static final long MEGABYTE = 1 << 20;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(SlotAlarm.class);
  private final SlotAlarm alarm = new SlotAlarm("qvp");

  @BeforeEach
  void listen() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    log.detachAppender(logged);
  }

  @Test
  void isRaisedAtHalfOfTheCapAndLoggedOnce() {
    alarm.seen(slot(400, Optional.of(600 * MEGABYTE)));
    assertThat(alarm.text()).isEmpty();
    assertThat(logged.list).isEmpty();

    alarm.seen(slot(501, Optional.of(499 * MEGABYTE)));
    alarm.seen(slot(900, Optional.of(100 * MEGABYTE)));
    assertThat(alarm.text())
        .contains(
            "the source keeps 900 MB of log for the slot, more than half of what it may (1000 MB): with all of it the slot is lost");
    assertThat(logged.list).hasSize(1);

    alarm.seen(slot(10, Optional.of(990 * MEGABYTE)));
    assertThat(alarm.text()).isEmpty();
    alarm.seen(slot(1001, Optional.of(-MEGABYTE)));
    assertThat(alarm.text()).isPresent();
    assertThat(logged.list).hasSize(2);
  }

  @Test
  void isNeverRaisedWithoutACap() {
    alarm.seen(slot(100_000, Optional.empty()));

    assertThat(alarm.text()).isEmpty();
  }

  private static SlotNote slot(long retained, Optional<Long> safe) {
    return new SlotNote(
        "riffle_qvp__main_1",
        Instant.EPOCH,
        true,
        "extended",
        Optional.empty(),
        Optional.empty(),
        0,
        retained * MEGABYTE,
        safe,
        Optional.empty());
  }
}
