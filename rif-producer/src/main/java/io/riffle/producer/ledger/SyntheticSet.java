package io.riffle.producer.ledger;

import io.riffle.producer.manifest.ClaimedIds;
import java.util.Optional;

/**
 * A synthetic data set that is in the ledger.
 *
 * @param manifestKey S3 key of its manifest
 * @param unchecked the ids that the tables must be searched for before the set is loaded; empty
 *     when it claims none, was checked before, or a file of it was ever loaded
 */
public record SyntheticSet(long manifestId, String manifestKey, Optional<ClaimedIds> unchecked) {}
