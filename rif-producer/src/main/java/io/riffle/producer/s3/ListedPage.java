package io.riffle.producer.s3;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param objects in key order
 * @param at when S3 gave this answer, by its own clock, which is that of {@link
 *     ListedObject#lastModified}; to the second, and empty where a server does not say
 */
public record ListedPage(List<ListedObject> objects, Optional<Instant> at) {

  public ListedPage {
    objects = List.copyOf(objects);
  }
}
