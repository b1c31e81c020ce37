package io.riffle.producer.scan;

import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.scan.Readiness.Verdict;
import io.riffle.schemas.layout.Layouts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the bucket: takes in new manifests and lists, and tells which files may be planned. A
 * look that finds nothing new costs the listing and two queries. For one thread.
 */
public final class Scanner {

  private static final Logger log = LoggerFactory.getLogger(Scanner.class);

  private final ObjectStore store;
  private final ScanConfig config;
  private final FileLedger files;
  private final ManifestIntake manifests;
  private final ListIntake lists;
  private final Readiness readiness;
  private final Clock clock;

  public Scanner(
      ObjectStore store,
      ScanConfig config,
      boolean requireChecksum,
      Layouts layouts,
      ManifestLedger manifestLedger,
      FileLedger files,
      Clock clock) {
    this.store = store;
    this.config = config;
    this.files = files;
    this.manifests = new ManifestIntake(store, manifestLedger, requireChecksum);
    this.lists = new ListIntake(store, manifestLedger);
    this.readiness = new Readiness(layouts, config.window());
    this.clock = clock;
  }

  /** Scans once. The files that may be planned now, in version order. */
  public List<LedgerFile> scan() {
    Set<String> present = present(foldersOf(files.unplanned()));
    Map<Long, List<LedgerFile>> byManifest = new LinkedHashMap<>();
    for (LedgerFile file : files.unplanned()) {
      byManifest.computeIfAbsent(file.manifestId(), id -> new ArrayList<>()).add(file);
    }
    Instant now = clock.instant();
    List<LedgerFile> ready = new ArrayList<>();
    byManifest.values().forEach(unplanned -> ready.addAll(ready(unplanned, present, now)));
    return ready;
  }

  /** Takes in what is new. Keys of all objects in folders that have something to plan. */
  private Set<String> present(Set<String> waitingFolders) {
    Set<String> present = new HashSet<>();
    for (ScanConfig.Feed feed : config.feeds()) {
      Folders.list(
          store,
          feed.prefix(),
          folder -> {
            if (takeIn(folder, feed) || waitingFolders.contains(folder.path())) {
              present.addAll(folder.keys());
            }
          });
    }
    return present;
  }

  /** Whether the folder had a new manifest. */
  private boolean takeIn(Folder folder, ScanConfig.Feed feed) {
    folder.list().ifPresent(list -> lists.take(folder, list));
    boolean news = false;
    for (ListedObject object : folder.objects()) {
      Optional<ManifestKey> key = ManifestKey.of(object.key(), feed.prefix(), feed.rank());
      news |= key.isPresent() && manifests.take(key.get(), object);
    }
    return news;
  }

  private static Set<String> foldersOf(List<LedgerFile> unplanned) {
    Set<String> folders = new HashSet<>();
    unplanned.forEach(file -> folders.add(folder(file.manifestKey())));
    return folders;
  }

  private static String folder(String manifestKey) {
    return manifestKey.substring(0, manifestKey.lastIndexOf('/') + 1);
  }

  private List<LedgerFile> ready(List<LedgerFile> unplanned, Set<String> present, Instant now) {
    List<String> missing = readiness.missing(unplanned, present);
    List<LedgerFile> ready = new ArrayList<>();
    for (LedgerFile file : unplanned) {
      Verdict verdict = readiness.verdict(file, missing, now);
      apply(file, verdict);
      if (verdict.equals(Verdict.READY)) {
        ready.add(file);
      }
    }
    return ready;
  }

  private void apply(LedgerFile file, Verdict verdict) {
    if (file.state() == verdict.state() && file.detail().equals(verdict.detail())) {
      return;
    }
    // Only a file that was just discovered may become FUTURE, and so on: the next scan goes on.
    FileState to =
        isReachable(file.state(), verdict.state()) ? verdict.state() : FileState.DISCOVERED;
    Optional<String> detail = to == verdict.state() ? verdict.detail() : Optional.empty();
    if (files.move(file.id(), to, Optional.empty(), detail)) {
      log.atInfo()
          .addKeyValue("s3Key", file.s3Key())
          .addKeyValue("type", file.entryType())
          .addKeyValue("state", to)
          .addKeyValue("detail", detail.orElse(""))
          .log("RIF file changed its state");
    }
  }

  private static boolean isReachable(FileState from, FileState to) {
    return switch (from) {
      case FUTURE, TOO_OLD -> to == FileState.DISCOVERED || to == FileState.SKIPPED;
      case WAITING -> to != FileState.FUTURE;
      default -> true;
    };
  }
}
