package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.input;

import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Forms that change something. */
public final class Forms {
  private Forms() {}

  /** The field by which a post is known to be of a page of ours. */
  public static Node token(Visitor visitor) {
    return hidden(Gate.TOKEN_FIELD, visitor.token());
  }

  public static Node hidden(String name, String value) {
    return input(attr("type", "hidden"), attr("name", name), attr("value", value));
  }

  /** A form that posts; nothing for whoever may not. */
  public static Node post(Visitor visitor, Role needs, String action, Object... parts) {
    if (!visitor.role().may(needs)) {
      return Html.none();
    }
    List<Object> all = new ArrayList<>();
    all.add(attr("method", "post"));
    all.add(attr("action", action));
    all.add(token(visitor));
    all.addAll(Arrays.asList(parts));
    return Html.form(all);
  }
}
