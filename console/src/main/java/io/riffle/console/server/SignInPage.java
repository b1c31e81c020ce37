package io.riffle.console.server;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.button;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.field;
import static io.riffle.console.html.Html.flag;
import static io.riffle.console.html.Html.form;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Session;
import io.riffle.console.access.SignIn;
import io.riffle.console.activity.Journal;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.oidc.OidcPages;
import io.riffle.console.page.Forms;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.OwnPage;
import io.riffle.console.page.View;
import java.util.Optional;

/** Signing in and out. */
final class SignInPage {
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int LONGEST = 200;

  private final Gate gate;
  private final SignIn signIn;
  private final Journal journal;
  private final Frame frame;
  private final boolean passwords;
  private final Optional<OidcPages> provider;

  /**
   * @param passwords whether there are users with passwords
   * @param provider where others sign in
   */
  SignInPage(
      Gate gate,
      SignIn signIn,
      Journal journal,
      Frame frame,
      boolean passwords,
      Optional<OidcPages> provider) {
    this.gate = gate;
    this.signIn = signIn;
    this.journal = journal;
    this.frame = frame;
    this.passwords = passwords;
    this.provider = provider;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/sign-in", this::ask, Role.ANYBODY);
    routes.post("/sign-in", this::check, Role.ANYBODY);
    routes.post("/sign-out", this::leave, Role.VIEWER);
  }

  private void ask(Context context) {
    if (Gate.maybe(context).isPresent()) {
      context.redirect(OwnPage.of(context.queryParam("to")));
    } else {
      show(context, "", Optional.empty(), context.queryParam("to"));
    }
  }

  private void check(Context context) {
    Gate.requireSameOrigin(context);
    String name = cut(context.formParam("name"));
    String password = cut(context.formParam("password"));
    SignIn.Outcome outcome = signIn.check(name, password.toCharArray(), context.ip());
    if (outcome == SignIn.Outcome.RIGHT) {
      Role role = signIn.role(name).orElseThrow();
      gate.begin(context, name, role, Optional.empty());
      journal.signIn(name, role.name(), "SIGN_IN", context.ip());
      context.redirect(OwnPage.of(context.formParam("to")), HttpStatus.SEE_OTHER);
      return;
    }
    boolean many = outcome == SignIn.Outcome.TOO_MANY;
    if (!many) {
      // a password typed into the wrong field is not kept
      String known = signIn.role(name).isPresent() ? name : "(unknown)";
      journal.signIn(known, "", "SIGN_IN_REFUSED", context.ip());
    }
    context.status(many ? TOO_MANY : UNAUTHORIZED);
    String text =
        many ? "Too many attempts: wait 5 minutes." : "The name or the password is not right.";
    show(context, name, Optional.of(text), context.formParam("to"));
  }

  private static String cut(String text) {
    String given = text == null ? "" : text;
    return given.length() > LONGEST ? given.substring(0, LONGEST) : given;
  }

  private void leave(Context context) {
    String name = Gate.visitor(context).name();
    String role = Gate.visitor(context).role().name();
    Optional<Session> ended = gate.end(context);
    journal.signIn(name, role, "SIGN_OUT", context.ip());
    boolean goesOn =
        ended.isPresent()
            && provider.filter(pages -> pages.leave(context, ended.get())).isPresent();
    if (!goesOn) {
      context.redirect("/sign-in", HttpStatus.SEE_OTHER);
    }
  }

  private void show(Context context, String name, Optional<String> problem, String to) {
    String next = OwnPage.of(to);
    Node content =
        div(
            problem.map(text -> p(cls("notice bad"), attr("role", "alert"), text)),
            provider.map(pages -> p(cls("sign-in"), pages.link(next))),
            Html.when(passwords, () -> passwords(name, next)));
    frame.show(context, View.still("Sign in", Nav.OVERVIEW, content));
  }

  private static Node passwords(String name, String next) {
    return form(
        cls("sign-in"),
        attr("method", "post"),
        attr("action", "/sign-in"),
        Forms.hidden("to", next),
        field(
            "Name",
            attr("name", "name"),
            attr("value", name),
            attr("autocomplete", "username"),
            flag("required", true),
            flag("autofocus", true)),
        field(
            "Password",
            attr("name", "password"),
            attr("type", "password"),
            attr("autocomplete", "current-password"),
            flag("required", true)),
        button("Sign in"));
  }
}
