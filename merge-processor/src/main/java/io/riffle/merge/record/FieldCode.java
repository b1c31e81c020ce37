package io.riffle.merge.record;

import org.apache.avro.Schema;

/** How the encoded fields of a record are skipped: one code for each. */
enum FieldCode {
  NUMBER,
  BYTES,
  OPTIONAL_NUMBER,
  OPTIONAL_BYTES;

  private static final int NULL_BRANCH = 0;
  private static final int VALUE_BRANCH = 2; // branch 1, zig-zag

  /** The code of a field's schema. */
  static FieldCode of(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return isNumber(schema.getTypes().get(1)) ? OPTIONAL_NUMBER : OPTIONAL_BYTES;
    }
    return isNumber(schema) ? NUMBER : BYTES;
  }

  private static boolean isNumber(Schema schema) {
    return switch (schema.getType()) {
      case INT, LONG -> true;
      case STRING, BYTES -> false;
      default -> throw new IllegalArgumentException("no column has type " + schema.getType());
    };
  }

  void skip(AvroInput in) {
    switch (this) {
      case NUMBER -> in.skipNumber();
      case BYTES -> in.skipBytes();
      case OPTIONAL_NUMBER -> {
        if (isPresent(in)) {
          in.skipNumber();
        }
      }
      case OPTIONAL_BYTES -> {
        if (isPresent(in)) {
          in.skipBytes();
        }
      }
    }
  }

  /** Reads the branch of an optional field; whether its value follows. */
  static boolean isPresent(AvroInput in) {
    int branch = in.readByte();
    if (branch != NULL_BRANCH && branch != VALUE_BRANCH) {
      throw new MalformedException("a union has no such branch");
    }
    return branch == VALUE_BRANCH;
  }
}
