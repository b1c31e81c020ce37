package io.riffle.producer.rif;

import io.riffle.schemas.control.RejectReason;
import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a row is whole: its end, its encoding, its number of fields. */
final class RowCheck {

  private static final int NOWHERE = -1;

  private final List<String> names;
  private final Map<String, Column> columns;

  RowCheck(HeaderPlan plan) {
    Layout layout = plan.layout();
    this.names = plan.names();
    this.columns = layout.byName();
  }

  /** What is wrong with a row; null when it is whole. */
  RejectReason problem(byte[] bytes, RowScanner rows) {
    if (rows.tooLong) {
      return RejectReason.ROW_TOO_LONG;
    } else if (rows.unclosed) {
      return RejectReason.UNCLOSED_QUOTE;
    } else if (rows.hasNul || isInvalid(bytes, rows)) {
      return RejectReason.BAD_ENCODING;
    } else if (rows.strayReturn) {
      return RejectReason.STRAY_CARRIAGE_RETURN;
    }
    return wrongCount(rows);
  }

  /** The column that a problem of the encoding is in. */
  Optional<Column> culprit(byte[] bytes, RowScanner rows, RejectReason problem) {
    int at =
        switch (problem) {
          case BAD_ENCODING -> firstBad(bytes, rows);
          case STRAY_CARRIAGE_RETURN -> strayReturn(bytes, rows);
          default -> NOWHERE;
        };
    return at == NOWHERE ? Optional.empty() : columnAt(at, rows);
  }

  private static boolean isInvalid(byte[] bytes, RowScanner rows) {
    return rows.hasHigh && Utf8.firstInvalid(bytes, rows.start, rows.end) != Utf8.VALID;
  }

  private RejectReason wrongCount(RowScanner rows) {
    if (rows.hasExpectedFields()) {
      return null;
    }
    return rows.fields() < names.size()
        ? RejectReason.TOO_FEW_FIELDS
        : RejectReason.TOO_MANY_FIELDS;
  }

  private static int firstBad(byte[] bytes, RowScanner rows) {
    int invalid = Utf8.firstInvalid(bytes, rows.start, rows.end);
    int end = invalid == Utf8.VALID ? rows.end : invalid;
    for (int i = rows.start; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return invalid;
  }

  private static int strayReturn(byte[] bytes, RowScanner rows) {
    for (int i = rows.start; i < rows.end; i++) {
      if (bytes[i] == '\r' && (i + 1 == rows.end || bytes[i + 1] != '\n')) {
        return i;
      }
    }
    return NOWHERE;
  }

  private Optional<Column> columnAt(int at, RowScanner rows) {
    int known = Math.min(rows.fields(), names.size());
    for (int field = 0; field < known; field++) {
      if (at < rows.fieldEnd(field)) {
        return Optional.ofNullable(columns.get(names.get(field)));
      }
    }
    return Optional.empty();
  }
}
