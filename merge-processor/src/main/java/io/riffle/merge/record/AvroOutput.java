package io.riffle.merge.record;

import io.riffle.merge.rule.Slice;
import io.riffle.schemas.control.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes Avro binary into a growing array. */
public final class AvroOutput {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes;
  private int length;

  public AvroOutput(int capacity) {
    this.bytes = new byte[Math.max(capacity, LONGEST_NUMBER)];
  }

  public int length() {
    return length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** What was written and then {@code tail}, which is copied but this once. */
  public byte[] toBytes(Slice tail) {
    byte[] all = Arrays.copyOf(bytes, length + tail.length());
    tail.copyTo(all, length);
    return all;
  }

  /** Adds what was written from {@code start} on to a hash, as one line. */
  void hash(int start, LinesHash into) {
    into.add(bytes, start, length);
  }

  /** What was written from {@code start} on, not copied: good until the next write. */
  Slice since(int start) {
    return new Slice(bytes, start, length - start);
  }

  public AvroOutput writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public AvroOutput writeBoolean(boolean value) {
    return writeByte(value ? 1 : 0);
  }

  /** A zig-zag number: Avro's int and long. */
  public AvroOutput writeLong(long value) {
    return writeUnsigned((value << 1) ^ (value >> 63));
  }

  /** A variable-length number without zig-zag; not of Avro. */
  public AvroOutput writeUnsigned(long value) {
    room(LONGEST_NUMBER);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  public AvroOutput writeString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return writeLong(utf8.length).writeRaw(Slice.of(utf8));
  }

  /** Avro's bytes: length and content. */
  public AvroOutput writeBytes(Slice content) {
    return writeLong(content.length()).writeRaw(content);
  }

  /** The content as it stands. */
  public AvroOutput writeRaw(Slice content) {
    room(content.length());
    content.copyTo(bytes, length);
    length += content.length();
    return this;
  }

  /** Writes a version as Avro writes the record. */
  public AvroOutput writeVersion(Version version) {
    return writeLong(version.instant())
        .writeLong(version.feed())
        .writeLong(version.sequence())
        .writeLong(version.entry())
        .writeLong(version.record());
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
