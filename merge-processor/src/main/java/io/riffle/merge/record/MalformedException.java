package io.riffle.merge.record;

import io.riffle.schemas.control.RejectReason;

/** Bytes that are not what their schema says. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  /** Says what is wrong, never a value. */
  public MalformedException(String what) {
    this(RejectReason.UNDECODABLE, what);
  }

  /** No stack trace: bad records can be many. */
  MalformedException(RejectReason reason, String what) {
    super(what, null, false, false);
    this.reason = reason;
  }

  RejectReason reason() {
    return reason;
  }
}
