package io.riffle.producer.scan;

import io.riffle.producer.s3.ListedObject;

/**
 * 64 bits that are others when anything about some objects is (FNV-1a): whoever has looked at a
 * folder keeps these in the stead of its keys.
 */
final class FolderMark {

  private static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long mark = START;

  void add(ListedObject object) {
    add(object.key());
    add(String.valueOf(object.eTag())); // not every server gives folders one
    add(object.bytes());
    add(object.lastModified().getEpochSecond());
  }

  long value() {
    return mark;
  }

  private void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
    add(-1);
  }

  private void add(long value) {
    mark = (mark ^ value) * PRIME;
  }
}
