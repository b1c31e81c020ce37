package io.riffle.producer.ledger;

/**
 * An id of a synthetic set that is in the tables already.
 *
 * @param check the column that holds it, or SHARED_MBI
 */
public record Collision(String check, String table) {

  @Override
  public String toString() {
    return check + " in " + table;
  }
}
