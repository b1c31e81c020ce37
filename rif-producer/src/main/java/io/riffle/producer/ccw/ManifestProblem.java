package io.riffle.producer.ccw;

import io.riffle.producer.manifest.Refusal;
import org.xml.sax.SAXException;

/** Leaves the parser at the first problem; never leaves this package. */
final class ManifestProblem extends SAXException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  ManifestProblem(Refusal reason, String message) {
    super(message);
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }
}
