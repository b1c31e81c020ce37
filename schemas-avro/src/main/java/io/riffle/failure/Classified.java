package io.riffle.failure;

/** An exception that knows what it means. */
public interface Classified {
  Failure failure();
}
