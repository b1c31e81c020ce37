package io.riffle.producer.s3;

import java.util.Optional;

/** A whole object in memory. */
public final class SmallObject {

  private final byte[] content;
  private final Optional<String> md5;

  SmallObject(byte[] content, Optional<String> md5) {
    this.content = content;
    this.md5 = md5;
  }

  /** Its bytes; shared, not to be changed. */
  public byte[] content() {
    return content;
  }

  /**
   * Whether it has as many bytes as its listing said. If not it was replaced since, or something on
   * the way has cut it without a trace; either way it says nothing about what is stored.
   */
  public boolean isAsListed(ListedObject listed) {
    return content.length == listed.bytes();
  }

  /** The user metadata {@code md5chksum}: Base64 of the MD5 of the content, if sent. */
  public Optional<String> md5() {
    return md5;
  }
}
