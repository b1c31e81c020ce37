package io.riffle.producer.ledger;

import io.riffle.schemas.control.Version;
import java.util.Optional;

/**
 * A file that has not been planned yet.
 *
 * @param manifestKey S3 key of its manifest
 * @param version version of its first record
 * @param name file name within the manifest's folder
 * @param detail what the ledger says about the state
 * @param attempt the load that the next plan starts, from 1
 * @param requested whether an operator wants it loaded whatever its age
 */
public record LedgerFile(
    long id,
    long manifestId,
    String manifestKey,
    Version version,
    String name,
    String type,
    boolean merge,
    String s3Key,
    FileState state,
    Optional<String> detail,
    int attempt,
    boolean requested) {

  /** The entry's type as the manifest writes it. */
  public String entryType() {
    return merge ? type + "_MERGE" : type;
  }
}
