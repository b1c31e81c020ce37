package io.riffle.producer.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** What the database knows of the pepper that its hashes are made with. */
public final class HashLedger {

  private final Database database;

  public HashLedger(Database database) {
    this.database = database;
  }

  /**
   * Notes the value of the first program that asks.
   *
   * @param value the hash of a text that is always the same
   * @return whether it is the noted one
   * @throws LedgerUnavailableException when trying again later may help
   */
  public boolean agrees(String value) {
    return database.transaction(
        connection -> {
          String note =
              "INSERT INTO riffle.hash_check (value) VALUES (?) ON CONFLICT (one) DO NOTHING";
          try (PreparedStatement insert = connection.prepareStatement(note)) {
            insert.setString(1, value);
            insert.executeUpdate();
          }
          String noted = "SELECT value = ? FROM riffle.hash_check";
          try (PreparedStatement select = connection.prepareStatement(noted)) {
            select.setString(1, value);
            ResultSet row = select.executeQuery();
            return row.next() && row.getBoolean(1);
          }
        });
  }
}
