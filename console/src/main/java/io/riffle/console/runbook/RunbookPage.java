package io.riffle.console.runbook;

import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;

import io.javalin.config.RoutesConfig;
import io.riffle.console.access.Role;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;

/** What an alert, a state or a cause means, and what to do. */
public final class RunbookPage {
  private final Frame frame;

  public RunbookPage(Frame frame) {
    this.frame = frame;
  }

  public void addTo(RoutesConfig routes) {
    routes.get(
        Nav.RUNBOOK.path(),
        context ->
            frame.show(
                context,
                View.still("Runbook", Nav.RUNBOOK, div(cls("runbook"), Runbook.content()))),
        Role.VIEWER);
  }
}
