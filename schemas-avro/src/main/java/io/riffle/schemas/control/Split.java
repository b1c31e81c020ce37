package io.riffle.schemas.control;

import java.util.List;
import java.util.Optional;

/**
 * A part of a RIF object that one worker reads in one transaction, on the splits topic. The splits
 * of a {@code .gz} object are chunks of the decompressed bytes, all on one partition in order.
 *
 * @param file the ledger's number of the file
 * @param bucket of the object
 * @param s3Key of the object
 * @param eTag of the object as the planner read it; a worker that finds another one stops
 * @param compressed whether the object is read through gzip
 * @param type the base type
 * @param merge whether the entry is a {@code _MERGE} entry
 * @param header the header row's column names, known ones only are published
 * @param split number of this split, from 0
 * @param splits number of splits of the file
 * @param start first byte of the split, counted in the decompressed object
 * @param end byte after the last one of the split
 * @param line line number of the first row; the header row is line 1
 * @param first version of the split's first record
 * @param records records of the split, rejected ones included
 * @param rows rows of the split
 * @param redrive the records to publish, where it is not all of them
 */
public record Split(
    long file,
    int attempt,
    String bucket,
    String s3Key,
    String eTag,
    boolean compressed,
    String type,
    boolean merge,
    List<String> header,
    int split,
    int splits,
    long start,
    long end,
    long line,
    Version first,
    long records,
    long rows,
    Optional<Redrive> redrive) {

  /**
   * Which records of the split are redriven. All are read, these alone are published, rejected and
   * counted; {@code records} and {@code rows} of the split still speak of all.
   *
   * @param id the request, {@code riffle.redrives.redrive_id}
   * @param records their numbers within the file, ascending; none of other splits
   */
  public record Redrive(long id, List<Long> records) {}
}
