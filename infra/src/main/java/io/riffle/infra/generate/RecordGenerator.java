package io.riffle.infra.generate;

/** Makes the records of one file by their number. */
interface RecordGenerator {

  /** The number of the file's first record, or person. */
  long first();

  /** How many there are. */
  long count();

  /** Record n: the same whatever {@link #first} and {@link #count} are. */
  GeneratedRecord record(long n);
}
