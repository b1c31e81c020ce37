package io.riffle.sink.record;

import org.apache.kafka.common.header.Headers;

/** A record as Connect handed it over; key and value may be null. */
public record Arrival(Place place, byte[] key, byte[] value, Headers headers) {
  @Override
  public String toString() {
    return "Arrival[" + place + "]";
  }
}
