package io.riffle.producer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows right in the tables of record, as if they had been loaded: of the columns that must not be
 * null, those that a test does not name get a harmless value. Tables that the migrations do not
 * make are made here, with the columns that a pre-validation looks at.
 */
final class TableRows {

  private static final Map<String, String> COLUMNS =
      Map.of(
          "beneficiaries",
          "bene_id bigint PRIMARY KEY, bene_crnt_hic_num varchar(64) NOT NULL, hicn_unhashed varchar(11),"
              + " mbi_num varchar(11)",
          "beneficiaries_history",
          "bene_history_id bigint PRIMARY KEY, bene_id bigint NOT NULL, mbi_num varchar(11)");
  private static final String CLAIMS =
      "clm_id bigint PRIMARY KEY, clm_grp_id bigint NOT NULL, fi_doc_clm_cntl_num varchar(23)";
  private static final List<String> CLAIM_TABLES =
      List.of(
          "dme_claims",
          "hha_claims",
          "hospice_claims",
          "inpatient_claims",
          "outpatient_claims",
          "snf_claims");

  private final ProducerStack stack;

  TableRows(ProducerStack stack) {
    this.stack = stack;
    COLUMNS.forEach(this::create);
    CLAIM_TABLES.forEach(table -> create(table, CLAIMS));
  }

  /** Empties the tables. */
  void clear() {
    stack
        .query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s' AND (table_name LIKE '%%_claims' OR table_name LIKE 'beneficiaries%%' OR table_name = 'partd_events')"
                .formatted(ProducerStack.SCHEMA))
        .forEach(table -> stack.execute("DELETE FROM " + in(table)));
  }

  /** Adds a row; values are SQL literals. */
  void add(String table, Map<String, String> values) {
    Map<String, String> row = new TreeMap<>(values);
    stack
        .query(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '%s' AND table_name = '%s' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
                .formatted(ProducerStack.SCHEMA, table))
        .forEach(
            column -> row.putIfAbsent(column.substring(0, column.indexOf('|')), harmless(column)));
    stack.execute(
        String.format(
            Locale.ROOT,
            "INSERT INTO %s (%s) VALUES (%s)",
            in(table),
            String.join(", ", row.keySet()),
            String.join(", ", row.values())));
  }

  /** The table's name with its schema. */
  static String in(String table) {
    return ProducerStack.SCHEMA + "." + table;
  }

  private static String harmless(String column) {
    String type = column.substring(column.indexOf('|') + 1);
    return type.startsWith("character") ? "'A'" : type.equals("date") ? "'1999-10-27'" : "1";
  }

  private void create(String table, String columns) {
    stack.execute("CREATE TABLE IF NOT EXISTS " + in(table) + " (" + columns + ")");
  }
}
