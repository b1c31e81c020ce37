package io.riffle.console.html;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.p;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  private static String text(Node node) {
    StringBuilder out = new StringBuilder();
    node.writeTo(out);
    return out.toString();
  }

  @Test
  void textIsEscapedByWhateverWayItComes() {
    String evil = "<script>&\"'</script>";
    assertThat(text(div(evil, List.of(evil), Optional.of(evil), p(attr("title", evil)))))
        .doesNotContain("<script")
        .isEqualTo(
            "<div>&lt;script&gt;&amp;\"'&lt;/script&gt;&lt;script&gt;&amp;\"'&lt;/script&gt;"
                + "&lt;script&gt;&amp;\"'&lt;/script&gt;"
                + "<p title=\"&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;\"></p></div>");
  }

  @Test
  void whatHidesTextIsShown() {
    assertThat(text(p("a\u202eb\u0000c\u200bd\ne"))).isEqualTo("<p>a\uFFFDb\uFFFDc\uFFFDd\ne</p>");
  }

  @Test
  void attributesStandWhereverTheyAre() {
    assertThat(text(div("x", cls("c"), Optional.of(attr("id", "i")), List.of(attr("role", "r")))))
        .isEqualTo("<div class=\"c\" id=\"i\" role=\"r\">x</div>");
    assertThat(text(element("br"))).isEqualTo("<br>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "data:text/html,x",
        " /x"
      })
  void linksStayHere(String address) {
    assertThatThrownBy(() -> a(address, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> attr("formaction", address))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "ONLOAD", "style", "hx-on:click"})
  void nothingRunsByAnAttribute(String name) {
    assertThatThrownBy(() -> attr(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tablesHaveCaptionsScopesAndNumbers() {
    assertThat(text(new TableOf("All", "Name", "#Size").row("a", 5).node()))
        .contains(
            "<caption>All</caption>",
            "<th scope=\"col\">Name</th>",
            "<th scope=\"col\" class=\"number\">Size</th>",
            "<th scope=\"row\" data-label=\"Name\">a</th>",
            "<td data-label=\"Size\" class=\"number\">5</td>");
  }
}
