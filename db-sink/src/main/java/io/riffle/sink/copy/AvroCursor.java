package io.riffle.sink.copy;

import java.util.List;
import org.apache.avro.Schema;

/** Reads Avro binary from an array, front to back; trusts no length. One thread at a time. */
public final class AvroCursor {
  private final byte[] bytes;
  private final int end;
  private int position;

  /**
   * A cursor over a value.
   *
   * @param position where the Avro binary starts, behind the wire format's prefix
   */
  public AvroCursor(byte[] bytes, int position) {
    this(bytes, position, bytes.length);
  }

  /**
   * A cursor over a value that is a part of an array.
   *
   * @param position where the Avro binary starts, behind the wire format's prefix
   * @param end where the value ends
   */
  public AvroCursor(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean atEnd() {
    return position == end;
  }

  long readLong() throws MalformedValueException {
    if (position < end && bytes[position] >= 0) {
      long raw = bytes[position++]; // most numbers are lengths and branches: one byte
      return (raw >>> 1) ^ -(raw & 1);
    }
    return readLongerLong();
  }

  private long readLongerLong() throws MalformedValueException {
    long raw = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = bytes[take(1)];
      raw |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw new MalformedValueException("a number of more than 64 bits");
  }

  int readInt() throws MalformedValueException {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedValueException("a number of more than 32 bits");
    }
    return (int) value;
  }

  /** The length of a string or bytes field; {@link #take} gives its start. */
  int readLength() throws MalformedValueException {
    long length = readLong();
    if (length < 0 || length > end - position) {
      throw new MalformedValueException("a length beyond the value");
    }
    return (int) length;
  }

  /** Number of items in the next block of an array; 0 at its end. */
  int readBlock() throws MalformedValueException {
    long count = readLong();
    if (count < 0) {
      readLong(); // the block's size in bytes, of use only to jump over it
      count = -count;
    }
    if (count < 0 || count > end - position) {
      throw new MalformedValueException("more items than bytes");
    }
    return (int) count;
  }

  /** Moves on by {@code length} bytes and tells where they start. */
  int take(int length) throws MalformedValueException {
    if (length > end - position) {
      throw new MalformedValueException("the value ends early");
    }
    int start = position;
    position += length;
    return start;
  }

  /** The branch of a union. */
  Schema readBranch(Schema union) throws MalformedValueException {
    int branch = readInt();
    List<Schema> types = union.getTypes();
    if (branch < 0 || branch >= types.size()) {
      throw new MalformedValueException("no such branch");
    }
    return types.get(branch);
  }

  /** Jumps over a value. */
  void skip(Schema schema) throws MalformedValueException {
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> take(1);
      case INT, LONG, ENUM -> readLong();
      case FLOAT -> take(Float.BYTES);
      case DOUBLE -> take(Double.BYTES);
      case STRING, BYTES -> take(readLength());
      case FIXED -> take(schema.getFixedSize());
      case UNION -> skip(readBranch(schema));
      case RECORD -> skipFields(schema);
      case ARRAY -> skipItems(schema.getElementType());
      case MAP -> throw new MalformedValueException("a map, which no record of ours has");
    }
  }

  private void skipFields(Schema schema) throws MalformedValueException {
    for (Schema.Field field : schema.getFields()) {
      skip(field.schema());
    }
  }

  private void skipItems(Schema element) throws MalformedValueException {
    for (int count = readBlock(); count > 0; count = readBlock()) {
      for (int i = 0; i < count; i++) {
        skip(element);
      }
    }
  }
}
