package io.riffle.console.oidc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why somebody is not signed in, in words of ours: those of a provider may say too much. */
public enum Refusal {
  NOT_BEGUN_HERE(
      400,
      "This sign-in was not begun in this browser, took longer than 10 minutes, or was used"
          + " before."),
  TOO_MANY(429, "Too many sign-ins have failed from here: wait 5 minutes."),
  OTHER_ISSUER(400, "That answer is not of the provider that this console asked."),
  DENIED(403, "The provider did not let you in, or you said no there."),
  PROVIDER_REFUSED(502, "The provider could not sign you in."),
  CLIENT_REFUSED(
      502,
      "The provider does not take this console: its client-id or client-secret is wrong there or"
          + " here."),
  CODE_REFUSED(400, "The provider did not know the code of this sign-in any more."),
  BAD_TOKEN(502, "What the provider said of you does not pass the checks of this console."),
  NO_ROLE(
      403,
      "Your account has none of the roles of this console: whoever looks after accounts can give it"
          + " one."),
  BAD_NAME(
      403,
      "The name of your account has signs that this console does not take (it takes A-Z, a-z, 0-9"
          + " and . _ @ -, 64 at most)."),
  PROVIDER_AWAY(503, "The provider of sign-ins does not answer."),
  PROVIDER_BROKEN(503, "What the provider of sign-ins says of itself is not usable.");

  private final int status;
  private final String text;

  Refusal(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** The one of that name. */
  static Optional<Refusal> named(String name) {
    return Arrays.stream(values()).filter(refusal -> refusal.name().equals(name)).findFirst();
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** For whoever wanted to sign in. */
  public String text() {
    return text;
  }

  /** For the journal. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
