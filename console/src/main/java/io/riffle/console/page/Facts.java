package io.riffle.console.page;

import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;

import io.riffle.console.html.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names with a value each. */
public final class Facts {
  private final List<Node> facts = new ArrayList<>();

  /** Adds one; text or a node. */
  public Facts add(String name, Object value) {
    facts.add(div(element("dt", name), element("dd", value)));
    return this;
  }

  /** Adds one if it is known. */
  public Facts add(String name, Optional<?> value) {
    value.ifPresent(known -> add(name, (Object) known));
    return this;
  }

  public Node node() {
    return element("dl", cls("facts"), facts);
  }
}
