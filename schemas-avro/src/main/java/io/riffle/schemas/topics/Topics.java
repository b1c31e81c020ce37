package io.riffle.schemas.topics;

import io.riffle.schemas.layout.Layout;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names that a partition set gives to its topics, groups and transactional ids.
 *
 * @param set the partition set: lower-case letters, digits and underscores, a letter first, at most
 *     30
 * @param generation of the raw and merged topics and of what lies between them; the topics of
 *     splits and progress have none
 */
public record Topics(String set, int generation) {

  private static final String ARCHIVE = "-cdc-archive";
  private static final Pattern SET = Pattern.compile("[a-z][a-z0-9_]{0,29}");

  public Topics {
    if (!SET.matcher(set).matches()) {
      throw new IllegalArgumentException(
          "a set name is up to 30 of a-z, 0-9 and _, a letter first");
    } else if (generation < 0) {
      throw new IllegalArgumentException("a generation is a number from 0");
    }
  }

  /** The names of generation 0. */
  public Topics(String set) {
    this(set, 0);
  }

  /** The same set's names in another generation. */
  public Topics at(int other) {
    return new Topics(set, other);
  }

  /** Of the names that a generation has of its own; nothing for generation 0. */
  private String ending() {
    return generation == 0 ? "" : ".g" + generation;
  }

  /** Raw records of a type: full, merge, delete and barrier records. */
  public String rif(Layout layout) {
    return set + ".rif." + layout.topicPart() + ending();
  }

  /** Merged records of a type, and barriers; those of the joined type where the type joins one. */
  public String merged(Layout layout) {
    String type = layout.joins().orElse(layout.type());
    return set + ".merged." + type.toLowerCase(Locale.ROOT) + ending();
  }

  /** What waits for keys or lines that do not exist, of all types. */
  public String parked() {
    return set + ".merged.parked" + ending();
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
    return set + ".rif.rejects" + ending();
  }

  /** Consumer group of the parser workers. */
  public String workersGroup() {
    return set + "-rif-workers";
  }

  /** Transactional id of the one scanner. */
  public String scannerTransactionalId() {
    return set + "-scanner";
  }

  /** Application id of the merge-processor, and beginning of the names of its own topics. */
  public String mergeApplicationId() {
    return set + "-merge-processor" + ending();
  }

  /**
   * Change events of a captured table; one partition, of every generation. Characters that a
   * topic's name cannot have must be replaced by underscores before.
   */
  public String cdc(String source, String schema, String table) {
    return cdc(source) + "." + schema + "." + table;
  }

  /** What the names of a source's topics of change events begin with, without the last dot. */
  public String cdc(String source) {
    return cdc() + source;
  }

  /** What the names of all topics of change events begin with, and no other's. */
  public String cdc() {
    return set + ".cdc.";
  }

  /** Name of the connector that writes change events to staging tables. */
  public String stagingConnector() {
    return set + "-staging";
  }

  /** Name of the sink connector; its consumer group is {@code connect-<name>}. */
  public String sinkConnector() {
    return set + "-db-sink";
  }

  /** Consumer group of those who archive change events. */
  public String archiveGroup() {
    return set + ARCHIVE;
  }

  /** Whether a group, of any set, archives: it commits when a file is closed, minutes later. */
  public static boolean isArchive(String group) {
    return group.endsWith(ARCHIVE);
  }

  /** Whether a consumer group is one of this set's programs. */
  public boolean isGroup(String name) {
    String own = set + "-"; // no set's name has a hyphen
    return name.startsWith(own) || name.startsWith("connect-" + own);
  }
}
