package io.riffle.sink.replay;

/**
 * How far a run is, for who watches it.
 *
 * @param planned offsets in all ranges
 * @param done those that are behind it, of earlier runs too
 * @param scanned offsets of this partition that were looked at for the newest record of each key;
 *     what is done follows
 * @param written records whose rows were written or deleted, of earlier runs too
 * @param kept records whose rows were as new or newer
 * @param rejected records that the database refused
 */
public record ReplayProgress(
    long planned, long done, long scanned, long written, long kept, long rejected) {

  ReplayProgress scanned(long offsets) {
    return new ReplayProgress(planned, done, offsets, written, kept, rejected);
  }

  ReplayProgress and(long offsets, int nowWritten, int nowKept, int nowRejected) {
    return new ReplayProgress(
        planned, done + offsets, 0, written + nowWritten, kept + nowKept, rejected + nowRejected);
  }
}
