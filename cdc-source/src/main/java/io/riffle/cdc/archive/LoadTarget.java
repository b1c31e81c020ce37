package io.riffle.cdc.archive;

import io.riffle.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What files of an archive are put into.
 *
 * @param topics of the set that takes the rows
 * @param hasRules whether the source has rules of obfuscation, which the rows must have passed
 * @param placeholder of the deployment; who has another one counts epochs by itself
 * @param epoch that the source streams in; empty: one begins that is newer than all in the archive
 * @param keys of the tables as they are now
 */
public record LoadTarget(
    Topics topics, boolean hasRules, String placeholder, OptionalInt epoch, Keys keys) {

  /** What the keys of tables are. */
  public interface Keys {
    /** Columns of the key by all that know it, which may disagree; empty: none does. */
    Set<Set<String>> of(String topic);
  }

  /** Why files must not be loaded, though they are what their manifests say; oldest first. */
  List<String> problems(List<ArchivedFile> files) {
    List<String> problems = new ArrayList<>();
    files.stream()
        .filter(file -> hasRules && !file.manifest().obfuscated())
        .map(
            file ->
                file.address()
                    + ": its rows have passed no rules of obfuscation, and the source has some")
        .forEach(problems::add);
    epoch.ifPresent(now -> addEpochs(now, files, problems));
    byTopic(files).forEach((topic, ofTable) -> addKeys(topic, ofTable, problems));
    return problems;
  }

  /** Rows of a later epoch would win over all that streams, for good and without a word. */
  private void addEpochs(int now, List<ArchivedFile> files, List<String> problems) {
    List<ArchivedFile> others =
        files.stream().filter(file -> file.epoch() > now || !isOfDeployment(file)).toList();
    if (!others.isEmpty()) {
      problems.add(
          others.get(0).address()
              + (others.size() > 1 ? " and " + (others.size() - 1) + " more files" : "")
              + ": another deployment's, or of a later epoch than the source is in ("
              + now
              + "), so that its changes would count as older than these rows. With --new-epoch an"
              + " epoch begins that is newer than both: the source is read as a whole then");
    }
  }

  /** Sweeps do not tell. */
  private boolean isOfDeployment(ArchivedFile file) {
    String told = file.manifest().placeholder();
    return told.equals(placeholder) || told.equals(EventReader.USUAL_PLACEHOLDER);
  }

  /** An event with another key stops its table, and all that streams behind it. */
  private void addKeys(String topic, List<ArchivedFile> files, List<String> problems) {
    Set<Set<String>> now = new LinkedHashSet<>(keys.of(topic));
    if (now.isEmpty()) {
      now.add(files.get(files.size() - 1).key());
    }
    List<ArchivedFile> others =
        files.stream().filter(file -> !now.equals(Set.of(file.key()))).toList();
    if (!others.isEmpty()) {
      problems.add(
          others.get(0).address()
              + (others.size() > 1 ? " and " + (others.size() - 1) + " more files" : "")
              + ": the table's key is "
              + others.get(0).key()
              + " there, and now "
              + String.join(" or ", now.stream().map(Set::toString).toList())
              + ". Choose other days (--from) or tables (--tables)");
    }
  }

  private Map<String, List<ArchivedFile>> byTopic(List<ArchivedFile> files) {
    Map<String, List<ArchivedFile>> tables = new LinkedHashMap<>();
    files.stream()
        .filter(file -> !file.key().isEmpty())
        .forEach(file -> tables.computeIfAbsent(topic(file), any -> new ArrayList<>()).add(file));
    return tables;
  }

  /** That takes a file's rows. */
  String topic(ArchivedFile file) {
    Manifest manifest = file.manifest();
    return topics.cdc(manifest.source(), manifest.schema(), manifest.table());
  }
}
