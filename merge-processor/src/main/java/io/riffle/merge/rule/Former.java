package io.riffle.merge.rule;

import io.riffle.schemas.control.Version;

/**
 * A former identity of a person: a row of the history.
 *
 * @param record the delivered record that showed it last, or that a file of former identities has
 * @param identity every value is there, null as it is encoded
 */
public record Former(Version record, Identity identity) {}
