package io.riffle.operations.lag;

/** Where a lag is going. */
public enum Trend {
  UP("▲"),
  DOWN("▼"),
  FLAT("=");

  private final String sign;

  Trend(String sign) {
    this.sign = sign;
  }

  /** One character. */
  public String sign() {
    return sign;
  }
}
