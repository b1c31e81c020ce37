package io.riffle.bench.peer;

import java.util.Map;
import java.util.TreeMap;

/**
 * Riffle's sink with the settings that it has in the stack, tasks included; only name, topic, set
 * and database differ. The duel's database has an empty ledger, so barriers are stored and close
 * nothing.
 *
 * @param inUse configuration of the stack's own sink connector
 * @param set the set that the topic's name starts with
 */
record RiffleSink(Map<String, String> inUse, String set) implements Contestant {

  @Override
  public String name() {
    return "riffle";
  }

  @Override
  public String title() {
    return "Riffle's sink";
  }

  @Override
  public Map<String, String> config(String topic, String jdbcUrl) {
    Map<String, String> config = new TreeMap<>(inUse);
    config.put("topics", topic);
    config.put("riffle.set", set);
    config.put("database.url", jdbcUrl);
    return config;
  }
}
