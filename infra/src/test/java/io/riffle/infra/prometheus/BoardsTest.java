package io.riffle.infra.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana's boards; whether their expressions find series is the matter of {@link SeriesIT}. */
class BoardsTest {
  @TempDir Path folder;

  @Test
  void prometheusUnderstandsEveryExpression() throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode rules = yaml.createObjectNode();
    ArrayNode list = rules.putArray("groups").addObject().put("name", "boards").putArray("rules");
    int number = 0;
    for (String expression : Expressions.ofBoards().values()) {
      list.addObject().put("record", "board:" + number++).put("expr", expression);
    }
    Path file = folder.resolve("boards.yml");
    yaml.writeValue(file.toFile(), rules);

    Promtool.check("check", "rules", file.toString());
  }

  @Test
  void eachSeriesOfABoardIsInTheTable() throws Exception {
    Set<String> known = SeriesTable.read().publishers().keySet();

    for (Map.Entry<String, String> one : Expressions.ofBoards().entrySet()) {
      assertThat(Expressions.names(one.getValue())).as(one.getKey()).isNotEmpty().isSubsetOf(known);
    }
  }

  @Test
  void namesAreFoundInExpressions() {
    assertThat(
            Expressions.names(
                "max by (set, group) (a_seconds{state=~\"x|y\"}) > 2 * 3600 and on (set)"
                    + " sum by (set) (rate(b_total[5m])) unless c:d == 1"))
        .containsExactly("a_seconds", "b_total", "c:d");
  }
}
