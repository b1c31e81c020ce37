package io.riffle.schemas.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroTypeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary from an array, trusting no length. A string or byte field is allocated only after its
 * bytes are known to be there. Items of arrays and maps draw on one budget per record, as many as
 * the value has bytes: items of no bytes (arrays of null) could otherwise claim any amount.
 */
final class BoundedDecoder extends Decoder {
  private final byte[] bytes;
  private int position;
  private long itemsLeft;

  BoundedDecoder(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.position = offset;
    this.itemsLeft = bytes.length;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    byte value = bytes[take(1)];
    if (value != 0 && value != 1) {
      throw new AvroTypeException("not a boolean");
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new AvroTypeException("not an int");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long raw = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int next = bytes[take(1)];
      raw |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw new AvroTypeException("not a long");
  }

  @Override
  public float readFloat() throws IOException {
    return littleEndian(Float.BYTES).getFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return littleEndian(Double.BYTES).getDouble();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    int length = length();
    int start = take(length);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, start, copy, 0, length);
    return new Utf8(copy);
  }

  @Override
  public String readString() throws IOException {
    int length = length();
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    take(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    byte[] copy = new byte[length()];
    readFixed(copy, 0, copy.length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() throws IOException {
    take(length());
  }

  @Override
  public void readFixed(byte[] into, int start, int length) throws IOException {
    System.arraycopy(bytes, take(length), into, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    take(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    long count = readLong();
    if (count < 0) {
      readLong(); // the block's size in bytes, of use only to skip it
      count = -count;
    }
    if (count < 0 || count > itemsLeft) {
      throw new AvroTypeException("more items than bytes");
    }
    itemsLeft -= count;
    return count;
  }

  @Override
  public long arrayNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipArray() throws IOException {
    return readArrayStart();
  }

  @Override
  public long readMapStart() throws IOException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return readArrayStart();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  private ByteBuffer littleEndian(int length) throws IOException {
    return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The length of a string or bytes field, known to be within the value. */
  private int length() throws IOException {
    long length = readLong();
    if (length < 0) {
      throw new AvroTypeException("negative length");
    }
    if (length > bytes.length - position) {
      throw new EOFException();
    }
    return (int) length;
  }

  /** Moves on by {@code length} bytes and tells where they start. */
  private int take(int length) throws IOException {
    if (length > bytes.length - position) {
      throw new EOFException();
    }
    int start = position;
    position += length;
    return start;
  }
}
