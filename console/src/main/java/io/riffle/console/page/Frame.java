package io.riffle.console.page;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.h1;
import static io.riffle.console.html.Html.id;
import static io.riffle.console.html.Html.none;
import static io.riffle.console.html.Html.p;
import static io.riffle.console.html.Html.span;

import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Visitor;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts a page together: head, navigation, who is signed in, content with the age of its data. */
public final class Frame {
  private static final String HTMX =
      "{\"allowEval\":false,\"includeIndicatorStyles\":false,\"historyCacheSize\":0,"
          + "\"selfRequestsOnly\":true,\"allowScriptTags\":false,\"timeout\":20000}";

  private static final int FAILED = 500;

  /** Looks that were missed until what is shown is old. */
  private static final int OLD = 4;

  private final String set;
  private final Clock clock;
  private final Notices notices = new Notices();

  public Frame(String set, Clock clock) {
    this.set = set;
    this.clock = clock;
  }

  /** Answers with a page. */
  public void show(Context context, View view) {
    context.html(Html.document(page(context, view)));
  }

  /** After an action: leads on to a page that tells what came of it. */
  public void tell(Context context, boolean well, String text, String next) {
    notices.leave(context, well, text, next);
  }

  /**
   * Before {@link #show}: the page answers a form that was refused, and tells why.
   *
   * @param address of the page that has the form
   */
  public void refuse(Context context, RefusedException why, String address) {
    context.status(why.status());
    notices.refuse(context, String.valueOf(why.getMessage()), address);
  }

  private Node page(Context context, View view) {
    Optional<Visitor> visitor = Gate.maybe(context);
    return element(
        "html",
        attr("lang", "en"),
        head(view, visitor),
        element(
            "body",
            a("#main", cls("skip"), "Skip to the content"),
            visitor.map(known -> header(view, known)),
            element(
                "main",
                id("main"),
                attr("tabindex", "-1"),
                element("div", id("silence"), attr("role", "status")),
                live(context, view)),
            visitor.map(known -> help())));
  }

  private Node head(View view, Optional<Visitor> visitor) {
    return element(
        "head",
        element("meta", attr("charset", "utf-8")),
        element(
            "meta",
            attr("name", "viewport"),
            attr("content", "width=device-width, initial-scale=1")),
        element("meta", attr("name", "color-scheme"), attr("content", "light dark")),
        element("meta", attr("name", "htmx-config"), attr("content", HTMX)),
        visitor.map(
            known -> element("meta", attr("name", "riffle-token"), attr("content", known.token()))),
        view.next()
            .map(
                next ->
                    element(
                        "meta", attr("http-equiv", "refresh"), attr("content", "0;url=" + next))),
        element("title", view.title() + " · " + set + " · Riffle"),
        Statics.styles(),
        Statics.scripts());
  }

  private Node header(View view, Visitor visitor) {
    return element(
        "header",
        span(cls("brand"), a("/", "Riffle"), span(cls("set"), attr("title", "partition set"), set)),
        element(
            "nav",
            attr("aria-label", "Pages"),
            Nav.all().stream().map(nav -> link(nav, nav == view.nav())).toList()),
        form(
            cls("who"),
            attr("method", "post"),
            attr("action", "/sign-out"),
            Forms.token(visitor),
            span(visitor.name(), span(cls("role"), visitor.role().name().toLowerCase(Locale.ROOT))),
            button("Sign out")));
  }

  private static Node link(Nav nav, boolean here) {
    return a(
        nav.path(),
        here ? List.of(attr("aria-current", "page")) : List.of(),
        attr("data-key", nav.key()),
        attr("title", "g " + nav.key()),
        nav.title());
  }

  /** The part that is exchanged when the page is loaded again. */
  private Node live(Context context, View view) {
    Object[] refresh =
        view.every()
            .map(
                every ->
                    new Object[] {
                      attr("hx-get", address(context)),
                      attr("hx-trigger", "every " + every.toMillis() + "ms"),
                      attr("hx-select", "#live"),
                      attr("hx-swap", "outerHTML")
                    })
            .orElseGet(() -> new Object[0]);
    return element(
        "div",
        id("live"),
        Html.flag("data-failed", context.statusCode() >= FAILED),
        Notices.address(context).map(address -> attr("data-address", address)),
        List.of(refresh),
        element("div", cls("title"), h1(view.title()), age(view)),
        notices.take(context),
        view.content());
  }

  private static String address(Context context) {
    return Notices.address(context)
        .orElseGet(
            () ->
                context.path()
                    + (context.queryString() == null ? "" : "?" + context.queryString()));
  }

  private Node age(View view) {
    if (view.at().isEmpty()) {
      return none();
    }
    Instant at = view.at().get();
    boolean old =
        view.every()
            .map(
                every ->
                    Duration.between(at, clock.instant()).compareTo(every.multipliedBy(OLD)) > 0)
            .orElse(false);
    return p(
        cls(old ? "age old" : "age"),
        attr("data-now", clock.instant()),
        view.every().map(every -> attr("data-old", every.multipliedBy(OLD).toMillis())),
        "as of ",
        element(
            "time", attr("datetime", at), flag("data-age", true), Words.ago(at, clock.instant())));
  }

  private static Node help() {
    return element(
        "dialog",
        id("keys"),
        attr("aria-label", "Keyboard"),
        element("h2", "Keyboard"),
        element(
            "dl",
            Nav.all().stream()
                .map(
                    nav ->
                        element(
                            "div",
                            element("dt", element("kbd", "g"), " ", element("kbd", nav.key())),
                            element("dd", nav.title())))
                .toList(),
            element("div", element("dt", element("kbd", "/")), element("dd", "first field")),
            element(
                "div",
                element("dt", element("kbd", "p")),
                element("dd", "pause or go on refreshing")),
            element("div", element("dt", element("kbd", "?")), element("dd", "this list"))),
        form(attr("method", "dialog"), button("Close")));
  }
}
