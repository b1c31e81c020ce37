package io.riffle.console.overview;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Sparkline;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.overview.Overview;
import io.riffle.operations.overview.OverviewJson;
import io.riffle.operations.overview.Pipeline;
import io.riffle.operations.overview.PipelineState;
import java.util.List;
import java.util.Optional;

/** The first page: a line for each pipeline, the worst state first told. */
public final class OverviewPage {
  private static final int NOT_YET = 503;

  private final OverviewWatch watch;
  private final Frame frame;

  public OverviewPage(OverviewWatch watch, Frame frame) {
    this.watch = watch;
    this.frame = frame;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/", this::show, Role.VIEWER);
  }

  /** The same for programs. */
  public List<ApiRoute> api() {
    return List.of(
        ApiRoute.get(
            "/api/v1/overview",
            Role.VIEWER,
            "How the pipelines do",
            "riffle status -o json (its pipelines)",
            context ->
                Json.answer(
                    context,
                    OverviewJson.of(
                        watch
                            .seen()
                            .orElseThrow(
                                () -> new RefusedException(NOT_YET, "no look is done yet"))))));
  }

  private void show(Context context) {
    Optional<Overview> overview = watch.seen();
    Node content =
        overview
            .map(this::content)
            .orElseGet(() -> p(cls("empty"), "No look at the servers has come to its end yet."));
    frame.show(
        context,
        new View(
            "Overview",
            Nav.OVERVIEW,
            overview.map(Overview::at),
            Optional.of(watch.every()),
            content));
  }

  private Node content(Overview overview) {
    TableOf table =
        new TableOf(
            "Pipelines",
            "Pipeline",
            "State",
            "#Records in/s",
            "#Rows out/s",
            "#Messages behind",
            "#Time behind",
            "#Drained in",
            "#Rejects (24 h)",
            "Last success (UTC)");
    overview.pipelines().forEach(pipeline -> add(pipeline, table));
    return div(p(state(overview.state())), table.node(), links());
  }

  private void add(Pipeline pipeline, TableOf table) {
    String name = pipeline.name();
    table.row(
        name,
        div(
            state(pipeline.state()),
            pipeline.reasons().stream().map(why -> div(cls("why"), ReasonLinks.of(why))).toList()),
        div(
            pipeline.in().map(Words::rate).orElse(Words.NONE),
            Sparkline.of("records in a second in the last hour", watch.in(name))),
        div(
            pipeline.out().map(Words::rate).orElse(Words.NONE),
            Sparkline.of("rows out a second in the last hour", watch.out(name))),
        div(
            a("/lag", pipeline.lag().map(Words::number).orElse(Words.NONE)),
            Sparkline.of("messages behind in the last hour", watch.lags(name))),
        Words.duration(pipeline.behind()),
        Words.duration(pipeline.drain()),
        a(
            "/rejects?status=ALL&since=24h",
            pipeline.rejects().map(Words::number).orElse(Words.NONE)),
        Words.time(pipeline.lastSuccess()));
  }

  private static Node links() {
    return p(
        "More: ",
        a("/files?state=LOADING", "files on their way"),
        " · ",
        a("/rejects", "open rejects"),
        " · ",
        a("/doctor", "the doctor"));
  }

  private static Node state(PipelineState state) {
    Badges.Kind kind =
        switch (state) {
          case RUNNING -> Badges.Kind.GOOD;
          case DEGRADED, PAUSED -> Badges.Kind.WARN;
          case STOPPED, FAILED -> Badges.Kind.BAD;
        };
    return Badges.state(state.name(), kind);
  }
}
