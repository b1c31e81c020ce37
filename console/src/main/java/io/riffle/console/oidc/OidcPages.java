package io.riffle.console.oidc;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.encoded;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.riffle.config.Secret;
import io.riffle.console.access.Attempts;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.access.Session;
import io.riffle.console.activity.Journal;
import io.riffle.console.html.Node;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.OwnPage;
import io.riffle.console.page.View;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What browsers see of a sign-in at a provider: the way there, the way back, the way out.
 *
 * <p>Pages that lead on do it by themselves, not by a redirect: the session's cookie is for
 * requests that begin on this site, and what follows the provider's redirect does not; and a form
 * of ours may lead nowhere else, by the pages' policy.
 */
public final class OidcPages {
  private static final String BEGIN = "/oidc/sign-in";
  private static final String REFUSED = "/oidc/refused";
  private static final String WHY = "why";
  private static final String LEAVE = "/oidc/sign-out";
  private static final int NOT_FOUND = 404;
  private static final String HOW = "OpenID Connect: ";
  private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final Oidc oidc;
  private final Gate gate;
  private final Journal journal;
  private final Frame frame;
  private final Attempts attempts;
  private final boolean secureCookies;
  private final String cookieName;

  /**
   * @param set whose console it is
   * @param secureCookies whether browsers come by TLS
   */
  public OidcPages(
      String set,
      Oidc oidc,
      Gate gate,
      Journal journal,
      Frame frame,
      boolean secureCookies,
      Clock clock) {
    this.oidc = oidc;
    this.gate = gate;
    this.journal = journal;
    this.frame = frame;
    this.attempts = Attempts.byAddress(clock);
    this.secureCookies = secureCookies;
    this.cookieName = Gate.cookieName("riffle_oidc_" + set, secureCookies);
  }

  public void addTo(RoutesConfig routes) {
    routes.get(BEGIN, this::begin, Role.ANYBODY);
    routes.get(Oidc.CALLBACK, this::comeBack, Role.ANYBODY);
    routes.get(REFUSED, this::sayWhy, Role.ANYBODY);
    routes.get(LEAVE, this::goThere, Role.ANYBODY);
  }

  /** The link to the provider. */
  public Node link(String to) {
    return a(BEGIN + "?to=" + encoded(to), cls("button"), oidc.label());
  }

  private void begin(Context context) {
    Gate.requireSameOrigin(context);
    String to = OwnPage.of(context.queryParam("to"));
    if (Gate.maybe(context).isPresent()) {
      context.redirect(to);
      return;
    }
    try {
      SignInFlow.Begun begun = oidc.flow().begin(to, context.queryParam("again") != null);
      context.cookie(cookie(begun.ticket(), Math.toIntExact(SignInFlow.PATIENCE.toSeconds())));
      context.redirect(begun.address().toString());
    } catch (OidcException e) {
      refuse(context, e.refusal());
    }
  }

  private void comeBack(Context context) {
    if (!attempts.begin(context.ip())) {
      sayElsewhere(context, Refusal.TOO_MANY);
      return;
    }
    try {
      SignInFlow.SignedIn who =
          oidc.flow()
              .finish(Optional.ofNullable(context.cookie(cookieName)), context.queryParamMap());
      attempts.takeBack(context.ip());
      context.cookie(cookie("", 0));
      Account account = who.account();
      gate.begin(context, account.name(), account.role(), Optional.of(who.idToken()));
      journal.signIn(
          account.name(), account.role().name(), "SIGN_IN", context.ip(), how(account.subject()));
      lead(context, "Signed in", "You are signed in.", who.to());
    } catch (OidcException e) {
      note(context, e);
      sayElsewhere(context, e.refusal());
    }
  }

  /** At an address without the code, which browsers keep. */
  private static void sayElsewhere(Context context, Refusal refusal) {
    context.redirect(REFUSED + "?" + WHY + "=" + refusal.name());
  }

  private static Optional<String> how(String subject) {
    return Optional.of(HOW + "sub " + (SUBJECT.matcher(subject).matches() ? subject : "?"));
  }

  /** What began nowhere is anybody's, and would fill the journal. */
  private void note(Context context, OidcException e) {
    if (e.refusal() != Refusal.NOT_BEGUN_HERE) {
      journal.signIn(
          e.who().orElse(Account.UNKNOWN),
          "",
          "SIGN_IN_REFUSED",
          context.ip(),
          Optional.of(HOW + e.refusal().word()));
    }
  }

  private void sayWhy(Context context) {
    Refusal refusal =
        Refusal.named(context.queryParam(WHY))
            .orElseThrow(() -> new RefusedException(NOT_FOUND, "There is nothing here."));
    if (refusal == Refusal.NOT_BEGUN_HERE && Gate.maybe(context).isPresent()) {
      // who went back, or began in two tabs
      lead(context, "Signed in", "You are signed in already.", "/");
    } else {
      refuse(context, refusal);
    }
  }

  private void refuse(Context context, Refusal refusal) {
    Node content =
        div(
            p(cls("notice bad"), attr("role", "alert"), refusal.text()),
            p(a(Oidc.AFTER, "Begin again")),
            p(a(BEGIN + "?again=1", "Sign in as somebody else")));
    context.status(refusal.status());
    frame.show(context, View.still("Not signed in", Nav.OVERVIEW, content));
  }

  /**
   * Leads somebody whose session here has ended on to the provider.
   *
   * @return whether there is anything to lead to; else the caller goes on
   */
  public boolean leave(Context context, Session ended) {
    Optional<Secret> idToken = ended.credential().idToken();
    Optional<String> ticket = idToken.flatMap(oidc.signOut()::begin);
    ticket.ifPresent(
        given -> {
          context.cookie(cookie(given, 60));
          lead(context, "Signed out", "You are signed out here; now at the provider.", LEAVE);
        });
    return ticket.isPresent();
  }

  private void goThere(Context context) {
    Optional<URI> there = oidc.signOut().take(context.cookie(cookieName));
    context.cookie(cookie("", 0));
    context.redirect(there.map(Object::toString).orElse(Oidc.AFTER));
  }

  private void lead(Context context, String title, String text, String to) {
    Node content = div(p(text), p(a(to, "Go on")));
    frame.show(context, View.leading(title, Nav.OVERVIEW, to, content));
  }

  /** Lax: it is there when the provider sends the browser back. */
  private Cookie cookie(String value, int maxAge) {
    return new Cookie(cookieName, value, "/", maxAge, secureCookies, true, null, SameSite.LAX);
  }
}
