package io.riffle.producer.source;

/**
 * A place in the bucket where data sets of a source arrive: folders named by an instant, right
 * under the prefix.
 *
 * @param setting the configuration key that the prefix comes from, for messages
 * @param prefix with its slash at the end
 * @param rank part of every record's version: of two sets with one instant, the one of the higher
 *     rank is newer. Unique among all feeds, from 0 to 32767, and never changed: records of the
 *     feed in the tables have it
 */
public record Feed(String setting, String prefix, int rank) {}
