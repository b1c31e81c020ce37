package io.riffle.schemas.topics;

import io.riffle.schemas.layout.Layout;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names that a partition set gives to its topics, groups and transactional ids.
 *
 * @param set the partition set: lower-case letters, digits and underscores, a letter first, at most
 *     30
 */
public record Topics(String set) {

  private static final Pattern SET = Pattern.compile("[a-z][a-z0-9_]{0,29}");

  public Topics {
    if (!SET.matcher(set).matches()) {
      throw new IllegalArgumentException(
          "a set name is up to 30 of a-z, 0-9 and _, a letter first");
    }
  }

  /** Raw records of a type: full, merge, delete and barrier records. */
  public String rif(Layout layout) {
    return set + ".rif." + layout.topicPart();
  }

  /** Merged records of a type, and barriers; those of the joined type where the type joins one. */
  public String merged(Layout layout) {
    String type = layout.joins().orElse(layout.type());
    return set + ".merged." + type.toLowerCase(Locale.ROOT);
  }

  /** What waits for keys or lines that do not exist, of all types. */
  public String parked() {
    return set + ".merged.parked";
  }

  /** Parts of files for the parser workers. */
  public String splits() {
    return set + ".rif.splits";
  }

  /** How far the load of each file is. */
  public String progress() {
    return set + ".rif.progress";
  }

  /** Bad records: position and reason. */
  public String rejects() {
    return set + ".rif.rejects";
  }

  /** Consumer group of the parser workers. */
  public String workersGroup() {
    return set + "-rif-workers";
  }

  /** Transactional id of the one scanner. */
  public String scannerTransactionalId() {
    return set + "-scanner";
  }

  /** Application id of the merge-processor. */
  public String mergeApplicationId() {
    return set + "-merge-processor";
  }

  /** Name of the sink connector; its consumer group is {@code connect-<name>}. */
  public String sinkConnector() {
    return set + "-db-sink";
  }
}
