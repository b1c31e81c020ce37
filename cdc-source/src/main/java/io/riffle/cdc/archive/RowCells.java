package io.riffle.cdc.archive;

import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The cells of a row by name.
 *
 * @param columns how many are the source's
 */
record RowCells(List<String> cells, int columns) {

  String column(int number) {
    return cells.get(number);
  }

  String op() {
    return own("riffle_op");
  }

  Instant time() {
    return Instant.parse(own("riffle_commit_time"));
  }

  Position position() {
    return new Position(
        Integer.parseInt(own("riffle_epoch")), number("riffle_commit"), number("riffle_lsn"));
  }

  String snapshot() {
    return own("riffle_snapshot");
  }

  String absent() {
    return own("riffle_absent");
  }

  /** Avro, without a prefix; null for none. */
  byte[] key() {
    String key = own("riffle_key");
    return key == null ? null : Base64.getDecoder().decode(key);
  }

  private Long number(String name) {
    String text = own(name);
    return text == null ? null : Long.valueOf(text);
  }

  private String own(String name) {
    return cells.get(columns + RowText.OWN.indexOf(name));
  }
}
