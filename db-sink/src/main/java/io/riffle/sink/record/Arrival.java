package io.riffle.sink.record;

import io.riffle.sink.copy.Bytes;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** A record as Connect handed it over; a value may be absent. */
public record Arrival(Place place, Bytes key, Optional<Bytes> value, Headers headers) {

  /** The value's bytes; none for an absent one. */
  Bytes raw() {
    return value.orElse(Bytes.NONE);
  }
}
