package io.riffle.cdc.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskTraceTest {
  private static final String FRAME = "\n\tat org.apache.kafka.connect.Some.method(Some.java:7)\n";

  /** A value in a foreign message gets neither into the ledger nor into status. */
  @Test
  void repeatsNoForeignMessage() {
    String trace =
        "org.apache.kafka.connect.errors.ConnectException: An exception occurred for row 'Mary Doe'"
            + FRAME
            + "Caused by: org.postgresql.util.PSQLException: ERROR: invalid input syntax: \"Mary Doe\"\n"
            + "  Detail: Key (name)=(Mary Doe)"
            + FRAME;

    assertThat(TaskTrace.shown(trace)).contains("ConnectException, by PSQLException");
  }

  @Test
  void repeatsWhatRifflesOwnPartsSay() {
    assertThat(
            TaskTrace.shown(
                "org.apache.kafka.connect.errors.ConnectException: changes may be lost, SLOT_MISSING: there is no slot x"
                    + FRAME))
        .contains("ConnectException: changes may be lost, SLOT_MISSING: there is no slot x");
    assertThat(
            TaskTrace.shown(
                "org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler"
                    + FRAME
                    + "Caused by: org.apache.kafka.connect.errors.ConnectException: Nothing leaves unhidden: app.person.nick is new in the source and has no rule"
                    + FRAME))
        .contains(
            "ConnectException, by ConnectException: Nothing leaves unhidden: app.person.nick is new in the source and has no rule");
  }

  @Test
  void saysNothingOfAnEmptyOneAndLittleOfAStrangeOne() {
    assertThat(TaskTrace.shown("")).isEmpty();
    assertThat(TaskTrace.shown("Mary Doe")).contains("an exception of unknown form");
  }
}
