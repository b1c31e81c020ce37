package io.riffle.merge.topology;

import io.riffle.schemas.control.Origin;
import io.riffle.schemas.control.Reject;
import io.riffle.schemas.control.RejectReason;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A raw record that cannot be merged, with its place. */
record Rejection(RejectReason reason, Optional<Origin> origin, RecordMetadata at) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** The key on the rejects topic: the record of its file, or else its place on the raw topic. */
  String key() {
    return origin
        .map(from -> from.file() + "/" + from.attempt() + "/" + from.version().record())
        .orElseGet(() -> at.topic() + "/" + at.partition() + "/" + at.offset());
  }

  /**
   * The record for the rejects topic.
   *
   * @param raw the value as it came, null if there was none
   */
  Reject toReject(String type, byte[] raw) {
    return new Reject(
        origin.map(Origin::file),
        origin.map(Origin::attempt).orElse(0),
        type,
        Reject.Stage.MERGE,
        origin.map(from -> from.version().record()).orElse(0L),
        origin.map(Origin::line).orElse(0L),
        origin.map(Origin::rows).orElse(0),
        origin.map(Origin::line).orElse(0L),
        Optional.empty(),
        reason.name(),
        Optional.of(at.topic()),
        at.partition(),
        at.offset(),
        raw == null ? NOTHING : ByteBuffer.wrap(raw),
        Optional.of(raw == null ? 0L : raw.length),
        Optional.empty());
  }
}
