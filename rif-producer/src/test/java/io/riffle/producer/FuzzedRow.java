package io.riffle.producer;

import java.util.HashMap;
import java.util.Map;

/**
 * A file as the ledger has it.
 *
 * @param state state, reason and detail
 * @param counts lines, rows, rejected rows, records, published and rejected ones
 */
record FuzzedRow(long id, String state, String counts) {

  /** All files, by the keys of their manifests and by name. */
  static Map<String, Map<String, FuzzedRow>> byManifest(ProducerStack stack) {
    Map<String, Map<String, FuzzedRow>> found = new HashMap<>();
    stack
        .query(
            "SELECT s.s3_key, file_name, file_id, concat_ws('/', lines, rows, rejected_rows, records,"
                + " published_records, rejected_by_producer), f.state, f.reason, f.detail"
                + " FROM riffle.files f JOIN "
                + ProducerStack.SCHEMA
                + ".s3_manifest_files s USING (manifest_id)"
                + " LEFT JOIN riffle.file_attempts USING (file_id, attempt)")
        .forEach(
            row -> {
              String[] parts = row.split("\\|", 5);
              found
                  .computeIfAbsent(parts[0], key -> new HashMap<>())
                  .put(parts[1], new FuzzedRow(Long.parseLong(parts[2]), parts[4], parts[3]));
            });
    return found;
  }
}
