package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.riffle.operations.rejects.RedriveState;
import java.util.List;

/** How far redrives are. */
final class RedriveReport {

  private final List<RedriveState> states;

  RedriveReport(List<RedriveState> states) {
    this.states = states;
  }

  Table table() {
    Table table = new Table("REDRIVE", "FILE", "STATUS", "ATTEMPT", "REJECTS", "REDRIVEN", "WHY");
    for (RedriveState state : states) {
      table.row(
          Long.toString(state.id()),
          state.file(),
          state.status(),
          state.attempt().map(String::valueOf).orElse("-"),
          Long.toString(state.rejects()),
          Long.toString(state.redriven()),
          state.detail().orElse("-"));
    }
    return table;
  }

  ArrayNode json() {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (RedriveState state : states) {
      list.addObject()
          .put("redrive", state.id())
          .put("file", state.file())
          .put("status", state.status())
          .put("attempt", state.attempt().orElse(null))
          .put("rejects", state.rejects())
          .put("redriven", state.redriven())
          .put("why", state.detail().orElse(null));
    }
    return list;
  }
}
