package io.riffle.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operations.overview.Connector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of connectors as their worker tells of them. */
class ConnectExaminationTest {

  @Test
  void oneFailedTaskIsOneLine() {
    assertThat(look("RUNNING", "FAILED")).containsExactly("sink: task 0 is FAILED");
    assertThat(look("RUNNING", "RUNNING", "FAILED")).containsExactly("sink: task 1 is FAILED");
    assertThat(look("RUNNING")).containsExactly("sink has no task");
  }

  @Test
  void tasksThatAllRunAreFine() {
    assertThat(look("RUNNING", "RUNNING")).containsExactly("sink runs with 1 task");
    assertThat(look("RUNNING", "RUNNING", "RUNNING")).containsExactly("sink runs with 2 tasks");
  }

  @Test
  void aConnectorThatFailedIsNotAskedForItsTasks() {
    assertThat(look("FAILED", "FAILED")).containsExactly("sink is FAILED");
  }

  private static List<String> look(String state, String... tasks) {
    Findings findings = new Findings("CONNECT");
    ConnectExamination.connector(new Connector("sink", state, List.of(tasks)), findings);
    return findings.all().stream().map(Finding::text).toList();
  }
}
