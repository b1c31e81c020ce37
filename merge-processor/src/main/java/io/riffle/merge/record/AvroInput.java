package io.riffle.merge.record;

import io.riffle.merge.rule.Slice;
import io.riffle.schemas.control.Version;

/**
 * Reads and skips Avro binary in an array, trusting no length.
 *
 * <p>Every method throws {@link MalformedException} where the bytes end or make no sense.
 */
public final class AvroInput {
  private static final int MAX_VARINT_BITS = 70;

  private final byte[] bytes;
  private int position;

  public AvroInput(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  public int position() {
    return position;
  }

  public boolean atEnd() {
    return position == bytes.length;
  }

  /** The bytes from {@code start} to the current position. */
  public Slice since(int start) {
    return new Slice(bytes, start, position - start);
  }

  /** The bytes from the current position to the end. */
  public Slice rest() {
    return new Slice(bytes, position, bytes.length - position);
  }

  public int readByte() {
    return bytes[take(1)];
  }

  /** A zig-zag number: Avro's int and long. */
  public long readLong() {
    long raw = readUnsigned();
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A zig-zag number in the range of an int. */
  public int readInt() {
    return narrow(readLong());
  }

  /** A variable-length number without zig-zag; not of Avro. */
  public long readUnsigned() {
    long raw = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int next = bytes[take(1)];
      raw |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return raw;
      }
    }
    throw new MalformedException("a number of more than ten bytes");
  }

  /** An unsigned number from 0 to {@code max}. */
  public int readUnsigned(int max) {
    long number = readUnsigned();
    if (number < 0 || number > max) {
      throw new MalformedException("a number out of range");
    }
    return (int) number;
  }

  /** The number of items that follow, each of which takes at least a byte. */
  public int readCount() {
    return readUnsigned(bytes.length - position);
  }

  public void skipNumber() {
    for (int length = 0; length < MAX_VARINT_BITS / 7; length++) {
      if (bytes[take(1)] >= 0) {
        return;
      }
    }
    throw new MalformedException("a number of more than ten bytes");
  }

  /** Skips Avro's string or bytes. */
  public void skipBytes() {
    skip(readLong());
  }

  /** The content of Avro's string or bytes. */
  public Slice readBytes() {
    return slice(readLong());
  }

  /** The next bytes, as many as asked for. */
  public Slice slice(long length) {
    int start = position;
    skip(length);
    return since(start);
  }

  /** Reads a version as Avro writes the record. */
  public Version readVersion() {
    return new Version(readLong(), readInt(), readInt(), readInt(), readLong());
  }

  private void skip(long length) {
    if (length < 0 || length > bytes.length - position) {
      throw new MalformedException("a length beyond the end");
    }
    position += (int) length;
  }

  private int take(int length) {
    if (length > bytes.length - position) {
      throw new MalformedException("the end is missing");
    }
    int start = position;
    position += length;
    return start;
  }

  private static int narrow(long number) {
    if (number != (int) number) {
      throw new MalformedException("a number out of range");
    }
    return (int) number;
  }
}
