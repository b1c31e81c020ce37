package io.riffle.producer.manifest;

/** Why a manifest or one of its files cannot be loaded; the names are those of the ledger. */
public enum Refusal {
  /** Not well-formed: no XML where it should be, or XML with a DOCTYPE. */
  MANIFEST_SYNTAX,
  /** Larger than a manifest can be. */
  MANIFEST_SIZE,
  /** Well-formed, but not as the format wants it. */
  MANIFEST_INVALID,
  /** The time stamp is no instant, or another one than the folder's. */
  MANIFEST_TIMESTAMP,
  /** An entry name that is no plain file name. */
  ENTRY_NAME,
  /** A file name that stands in a manifest already. */
  ENTRY_REPEATED,
  /** A type that its source does not have. */
  ENTRY_TYPE,
  /** The MD5 in the object's metadata is not that of its bytes, or is needed and missing. */
  CHECKSUM,
  /** Not gzip, cut off, or with bytes after its end. */
  GZIP_INVALID,
  /** Decompresses to more than is believable. */
  GZIP_TOO_LARGE,
  /** The object is another one than the planner read. */
  OBJECT_CHANGED,
  /** The tables of record hold ids that the synthetic set says are its own. */
  PRE_VALIDATION
}
