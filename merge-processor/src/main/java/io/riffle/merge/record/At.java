package io.riffle.merge.record;

import io.riffle.merge.rule.Slice;
import io.riffle.schemas.control.Origin;

/**
 * Where a raw record came from, and the same as it was encoded, so that it can be handed on as it
 * is.
 */
public record At(Origin origin, Slice encoded) {

  /** Reads the origin with which every raw data record starts. */
  static At read(AvroInput in) {
    int start = in.position();
    Origin origin =
        new Origin(in.readLong(), in.readInt(), in.readVersion(), in.readLong(), in.readInt());
    return new At(origin, in.since(start));
  }
}
