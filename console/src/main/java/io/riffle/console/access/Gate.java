package io.riffle.console.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import io.javalin.security.BasicAuthCredentials;
import io.riffle.config.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;

/**
 * Stands before every route: finds out who asks, whether the role is enough, and whether a post was
 * made on a page of ours. Safe for use by several threads.
 */
public final class Gate {
  /** Where forms carry the token. */
  public static final String TOKEN_FIELD = "_token";

  /** Where scripts of the pages carry it. */
  public static final String TOKEN_HEADER = "X-Riffle-Token";

  /** What paths of programs begin with. */
  public static final String API = "/api/";

  /** Browsers tell hosts apart, not ports: each set's console has its own. */
  private static final String COOKIE = "riffle_session_";

  private static final String BEARER = "Bearer ";
  private static final String VISITOR = "visitor";
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;

  private final Sessions sessions;
  private final SignIn signIn;
  private final ApiUsers apiUsers;
  private final Optional<Bearers> bearers;
  private final boolean secureCookies;
  private final String cookieName;

  /**
   * @param set whose console it is
   * @param bearers who knows programs by access tokens; none: those are not taken
   * @param secureCookies whether browsers come by TLS
   */
  public Gate(
      String set,
      Sessions sessions,
      SignIn signIn,
      Optional<Bearers> bearers,
      boolean secureCookies,
      Clock clock) {
    this.sessions = sessions;
    this.signIn = signIn;
    this.apiUsers = new ApiUsers(signIn, clock);
    this.bearers = bearers;
    this.secureCookies = secureCookies;
    this.cookieName = cookieName(COOKIE + set, secureCookies);
  }

  /** With the prefix, no other host of the domain can have set it. */
  public static String cookieName(String name, boolean secure) {
    return secure ? "__Host-" + name : name;
  }

  /** Whether programs may send access tokens. */
  public boolean takesTokens() {
    return bearers.isPresent();
  }

  /** Whoever makes the request; there is one wherever the route wants a role. */
  public static Visitor visitor(Context context) {
    Visitor visitor = context.attribute(VISITOR);
    if (visitor == null) {
      throw new IllegalStateException("nobody is signed in on " + context.endpoint().path);
    }
    return visitor;
  }

  /** The same where nobody needs to be. */
  public static Optional<Visitor> maybe(Context context) {
    return Optional.ofNullable(context.attribute(VISITOR));
  }

  /** Lets a request that was matched to a route go on, answers it, or refuses it. */
  public void check(Context context) {
    Role wanted =
        context.routeRoles().stream()
            .filter(Role.class::isInstance)
            .map(Role.class::cast)
            .findFirst()
            .orElse(Role.ADMIN); // a route that says nothing is nobody's else
    Optional<Visitor> visitor = isApi(context) ? program(context) : bySession(context);
    visitor.ifPresent(known -> context.attribute(VISITOR, known));
    if (wanted == Role.ANYBODY) {
      return;
    }
    if (visitor.isEmpty()) {
      ask(context);
    } else if (!visitor.get().role().may(wanted)) {
      bearerToken(context).ifPresent(token -> challenge(context, FORBIDDEN));
      throw new RefusedException(FORBIDDEN, "this needs the role " + wanted);
    } else if (changes(context)) {
      requireOurs(context, visitor.get());
    }
  }

  private static boolean isApi(Context context) {
    return context.path().startsWith(API);
  }

  private static boolean changes(Context context) {
    return !context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD);
  }

  private Optional<Visitor> bySession(Context context) {
    Optional<Session> session = sessions.find(context.cookie(cookieName));
    Optional<Role> role = session.flatMap(this::roleNow);
    String via = isApi(context) ? "API" : "PAGE";
    return role.map(now -> new Visitor(session.get().name(), now, session.get().token(), via));
  }

  /**
   * Who was taken out of the file of users is out, and who has a new password signs in again. The
   * session stays: a file that cannot be read for a moment ends nothing.
   */
  private Optional<Role> roleNow(Session session) {
    return session
        .credential()
        .password()
        .map(hash -> signIn.role(session.name(), hash))
        .orElseGet(() -> Optional.of(session.role()));
  }

  private Optional<Visitor> program(Context context) {
    Optional<String> token = bearerToken(context);
    if (token.isPresent()) {
      return Optional.of(byToken(context, token.get()));
    }
    BasicAuthCredentials given = credentials(context);
    if (given == null) {
      return bySession(context);
    }
    return switch (apiUsers.check(given.getUsername(), given.getPassword(), context.ip())) {
      case RIGHT ->
          signIn
              .role(given.getUsername())
              .map(role -> new Visitor(given.getUsername(), role, "", "API"));
      case WRONG -> throw new RefusedException(UNAUTHORIZED, "name or password is wrong");
      case TOO_MANY -> throw new RefusedException(TOO_MANY, "too many attempts: wait 5 minutes");
    };
  }

  private static BasicAuthCredentials credentials(Context context) {
    try {
      return context.basicAuthCredentials();
    } catch (RuntimeException e) { // no colon, or not Base64
      throw new RefusedException(UNAUTHORIZED, "that is no HTTP basic authentication");
    }
  }

  private Visitor byToken(Context context, String token) {
    try {
      return bearers
          .orElseThrow(() -> new RefusedException(UNAUTHORIZED, "access tokens are not taken here"))
          .visitor(token);
    } catch (RefusedException e) {
      challenge(context, e.status());
      throw e;
    }
  }

  private static Optional<String> bearerToken(Context context) {
    String header = context.header("Authorization");
    boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? Optional.of(header.substring(BEARER.length()).strip()) : Optional.empty();
  }

  /** What was wrong with a token, as RFC 6750 has it. Browsers would open a window for "Basic". */
  private static void challenge(Context context, int status) {
    String error =
        switch (status) {
          case UNAUTHORIZED -> ", error=\"invalid_token\"";
          case FORBIDDEN -> ", error=\"insufficient_scope\"";
          default -> "";
        };
    context.header("WWW-Authenticate", "Bearer realm=\"riffle\"" + error);
  }

  private void ask(Context context) {
    if (isApi(context)) {
      bearers.ifPresent(taken -> context.header("WWW-Authenticate", "Bearer realm=\"riffle\""));
      throw new RefusedException(
          UNAUTHORIZED,
          "sign in: HTTP basic authentication" + (bearers.isPresent() ? " or a bearer token" : ""));
    }
    context.skipRemainingHandlers();
    if (context.header("HX-Request") != null) {
      context.header("HX-Redirect", toSignIn(context)).status(UNAUTHORIZED);
    } else if (changes(context)) {
      context.redirect("/sign-in");
    } else {
      context.redirect(toSignIn(context));
    }
  }

  /** Leads back here afterwards. */
  private static String toSignIn(Context context) {
    String query = context.queryString() == null ? "" : "?" + context.queryString();
    return "/sign-in?to=" + URLEncoder.encode(context.path() + query, StandardCharsets.UTF_8);
  }

  /** Another site can make a browser post, but cannot read our pages, and sets no type of JSON. */
  private static void requireOurs(Context context, Visitor visitor) {
    if (visitor.token().isEmpty()) {
      if (!context.isJson()) {
        throw new RefusedException(BAD_REQUEST, "Content-Type must be application/json");
      }
      return;
    }
    String header = context.header(TOKEN_HEADER);
    String given = header == null && !isApi(context) ? context.formParam(TOKEN_FIELD) : header;
    if (given == null || !same(given, visitor.token())) {
      throw new RefusedException(FORBIDDEN, "this page is too old: load it again");
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** A form of which nobody is signed in yet must have been sent by a page of ours. */
  public static void requireSameOrigin(Context context) {
    String site = context.header("Sec-Fetch-Site");
    String origin = context.header("Origin");
    boolean ours =
        site != null
            ? site.equals("same-origin") || site.equals("none")
            : origin == null || authority(origin).equals(host(context));
    if (!ours) {
      throw new RefusedException(FORBIDDEN, "sign in on a page of this console");
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return ""; // nobody's
    }
  }

  private static String host(Context context) {
    return String.valueOf(context.host());
  }

  /**
   * Signs somebody in: a new session, whatever there was before.
   *
   * @param idToken of the provider where they signed in; none: with a password
   */
  public Session begin(Context context, String name, Role role, Optional<Secret> idToken) {
    end(context);
    Credential credential =
        idToken
            .map(Credential::idToken)
            .orElseGet(() -> Credential.password(signIn.hash(name).orElse(Secret.of(""))));
    Session session = sessions.begin(name, role, credential);
    context.cookie(cookie(session.id(), -1));
    return session;
  }

  /** Signs out. */
  public Optional<Session> end(Context context) {
    String id = context.cookie(cookieName);
    if (id == null) {
      return Optional.empty();
    }
    context.cookie(cookie("", 0));
    return sessions.end(id);
  }

  private Cookie cookie(String value, int maxAge) {
    return new Cookie(cookieName, value, "/", maxAge, secureCookies, true, null, SameSite.STRICT);
  }
}
