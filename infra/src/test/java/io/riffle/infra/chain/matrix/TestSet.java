package io.riffle.infra.chain.matrix;

import io.riffle.infra.generate.GenerateRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A spoilt data set, ready to be uploaded.
 *
 * @param folder S3 prefix, with the slash at its end
 * @param instant the folder's name
 * @param first number of its first record
 * @param objects by name, without the manifest
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TestSet(
    SetStep step,
    String folder,
    Instant instant,
    long first,
    Map<String, Content> objects,
    byte[] manifest) {

  TestSet {
    objects = Map.copyOf(objects);
  }

  /** An object and its metadata {@code md5chksum}. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Content(byte[] bytes, Optional<String> md5) {}

  String manifestKey() {
    return folder + step.manifestName();
  }

  /** The key of a record, from 1. */
  long key(int record) {
    return GenerateRequest.key(first + record - 1);
  }
}
