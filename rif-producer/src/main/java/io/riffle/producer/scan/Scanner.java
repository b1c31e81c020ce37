package io.riffle.producer.scan;

import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.scan.Readiness.Verdict;
import io.riffle.producer.scan.SyntheticGate.Held;
import io.riffle.producer.source.FileSource;
import io.riffle.producer.source.Place;
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

/**
 * One look at the bucket: takes in new manifests and lists, notes objects that no manifest lists,
 * and tells which files may be planned. A look that finds nothing new costs the listing and two
 * queries. For one thread.
 */
public final class Scanner {

  /** A file, and the state that it should have by itself. */
  private record Candidate(LedgerFile file, Verdict verdict) {
    boolean isReady() {
      return verdict.equals(Verdict.READY);
    }
  }

  private final ObjectStore store;
  private final List<Place> places;
  private final FileLedger files;
  private final ManifestIntake manifests;
  private final ListIntake lists;
  private final UnlistedWatch unlisted;
  private final Readiness readiness;
  private final SyntheticGate gate;
  private final Clock clock;

  Scanner(
      ObjectStore store,
      ScanConfig config,
      boolean requireChecksum,
      Layouts layouts,
      ManifestLedger manifestLedger,
      FileLedger files,
      UnlistedLedger unlistedLedger,
      SyntheticGate gate,
      Clock clock) {
    this.store = store;
    this.places = config.sources().places();
    this.files = files;
    this.manifests = new ManifestIntake(store, manifestLedger, requireChecksum);
    this.lists = new ListIntake(store, manifestLedger);
    this.unlisted = new UnlistedWatch(unlistedLedger, manifests, config.unlistedAfter());
    this.readiness = new Readiness(layouts, config.window());
    this.gate = gate;
    this.clock = clock;
  }

  /** Scans once. The files that may be planned now, in version order. */
  public List<LedgerFile> scan() {
    Listing listing = list(foldersOf(files.unplanned()));
    Map<Long, List<LedgerFile>> byManifest = new LinkedHashMap<>();
    for (LedgerFile file : files.unplanned()) {
      if (listing.folders().contains(folder(file.manifestKey()))) {
        byManifest.computeIfAbsent(file.manifestId(), id -> new ArrayList<>()).add(file);
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    byManifest.forEach((id, unplanned) -> candidates.addAll(judge(unplanned, listing.keys())));
    Map<Long, Held> held = gate.held(complete(candidates));
    List<LedgerFile> ready = new ArrayList<>();
    FileMoves moves = new FileMoves(files);
    for (Candidate candidate : candidates) {
      Optional<Held> holds = Optional.ofNullable(held.get(candidate.file().manifestId()));
      settle(candidate, holds, moves).ifPresent(ready::add);
    }
    moves.apply();
    return ready;
  }

  /**
   * What a scan has seen. A file that is to be loaded again since then is the next scan's: it is
   * not missing because nobody looked.
   *
   * @param folders those that have something to plan
   * @param keys of all their objects
   */
  private record Listing(Set<String> folders, Set<String> keys) {}

  /** Takes in what is new. */
  private Listing list(Set<String> waitingFolders) {
    Listing listing = new Listing(new HashSet<>(waitingFolders), new HashSet<>());
    for (Place place : places) {
      Folders.list(
              store,
              place.feed().prefix(),
              clock,
              folder -> {
                if (takeIn(folder, place) || waitingFolders.contains(folder.path())) {
                  listing.folders().add(folder.path());
                  listing.keys().addAll(folder.keys());
                }
                unlisted.look(place, folder);
              })
          .ifPresent(beside -> unlisted.look(place, beside));
    }
    unlisted.end();
    return listing;
  }

  /** Whether the folder had a new manifest. */
  private boolean takeIn(Folder folder, Place place) {
    FileSource source = place.source();
    folder.find(source::isManifestList).ifPresent(list -> lists.take(source, folder, list));
    boolean news = false;
    for (ListedObject object : folder.objects()) {
      Optional<ManifestKey> key = place.manifestKey(object.key());
      if (key.isPresent()) {
        folder.addManifest(object);
        news |= manifests.take(place, key.get(), object);
      }
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

  private List<Candidate> judge(List<LedgerFile> unplanned, Set<String> present) {
    Instant now = clock.instant();
    List<String> missing = readiness.missing(unplanned, present);
    return unplanned.stream()
        .map(file -> new Candidate(file, readiness.verdict(file, missing, now)))
        .toList();
  }

  /** The manifests with files that may be planned, in version order. */
  private static List<Long> complete(List<Candidate> candidates) {
    return candidates.stream()
        .filter(Candidate::isReady)
        .map(candidate -> candidate.file().manifestId())
        .distinct()
        .toList();
  }

  /** Notes what became of a file for the ledger; the file, if it may be planned. */
  private static Optional<LedgerFile> settle(
      Candidate candidate, Optional<Held> held, FileMoves moves) {
    LedgerFile file = candidate.file();
    if (held.isEmpty() || !candidate.isReady()) {
      note(file, candidate.verdict(), Optional.empty(), moves);
      return candidate.isReady() ? Optional.of(file) : Optional.empty();
    }
    if (!held.get().rejected()) {
      Verdict waits = Verdict.of(FileState.WAITING, held.get().detail());
      note(file, waits, Optional.of(Refusal.PRE_VALIDATION.name()), moves);
    }
    return Optional.empty();
  }

  private static void note(
      LedgerFile file, Verdict verdict, Optional<String> reason, FileMoves moves) {
    if (file.state() == verdict.state() && file.detail().equals(verdict.detail())) {
      return;
    }
    // Only a file that was just discovered may become FUTURE, and so on: the next scan goes on.
    FileState to =
        isReachable(file.state(), verdict.state()) ? verdict.state() : FileState.DISCOVERED;
    moves.add(file, to, reason, to == verdict.state() ? verdict.detail() : Optional.empty());
  }

  private static boolean isReachable(FileState from, FileState to) {
    return switch (from) {
      case FUTURE, TOO_OLD -> to == FileState.DISCOVERED || to == FileState.SKIPPED;
      case WAITING -> to != FileState.FUTURE;
      default -> true;
    };
  }
}
