package io.riffle.producer.scan;

import io.riffle.producer.ledger.UnlistedLedger;
import io.riffle.producer.ledger.UnlistedObject;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.source.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notices objects that no manifest lists. A folder that is as it was at the last look costs the sum
 * over its listing and no statement; the keys of others are looked up some thousands at a time.
 * What is remembered of a folder are 64 bits. For one thread.
 */
final class UnlistedWatch {

  private static final int KEYS_AT_ONCE = 5_000;

  private final UnlistedLedger ledger;
  private final ManifestIntake manifests;
  private final Duration after;
  private final UnlistedWarning warning = new UnlistedWarning();

  /** Marks of the folders, as the last whole scan and this one found them. */
  private Map<String, Long> before = Map.of();

  private Map<String, Long> now = new HashMap<>();

  /** Folders that have rows in the ledger. */
  private final Set<String> noted;

  /** What has changed and is not in the ledger yet, by folder. */
  private final Map<String, List<UnlistedObject>> changed = new LinkedHashMap<>();

  private int changedKeys;

  /**
   * @param after how long an object may be there without a manifest
   */
  UnlistedWatch(UnlistedLedger ledger, ManifestIntake manifests, Duration after) {
    this.ledger = ledger;
    this.manifests = manifests;
    this.after = after;
    this.noted = ledger.folders();
  }

  /** Looks at a folder whose manifests have been taken in. */
  void look(Place place, Folder folder) {
    Instant ripeAt = folder.listedAt().minus(after);
    long mark = mark(folder, ripeAt);
    now.put(folder.path(), mark);
    if (Long.valueOf(mark).equals(before.get(folder.path()))) {
      return;
    }
    List<UnlistedObject> unnamed = unnamed(place, folder, ripeAt);
    if (!unnamed.isEmpty() || noted.contains(folder.path())) {
      changed.put(folder.path(), unnamed);
      changedKeys += unnamed.size();
    }
    if (changedKeys >= KEYS_AT_ONCE) {
      settle();
    }
  }

  /** To be called when everything was listed: what was not seen is gone. */
  void end() {
    settle();
    List.copyOf(noted).stream()
        .filter(folder -> !now.containsKey(folder))
        .forEach(folder -> replace(folder, List.of()));
    before = now;
    now = new HashMap<>();
    warning.end();
  }

  /** Of all that has a say in what is unlisted: what is too young has none, unless it lists. */
  private static long mark(Folder folder, Instant ripeAt) {
    FolderMark mark = new FolderMark();
    folder.manifests().forEach(mark::add);
    folder.objects().stream().filter(object -> isRipe(object, ripeAt)).forEach(mark::add);
    return mark.value();
  }

  private static boolean isRipe(ListedObject object, Instant ripeAt) {
    return !object.lastModified().isAfter(ripeAt);
  }

  /** What is ripe, no manifest, and not named by one that cannot be loaded either. */
  private List<UnlistedObject> unnamed(Place place, Folder folder, Instant ripeAt) {
    Set<String> named = manifests.namedInVain(folder);
    Set<ListedObject> listing = new HashSet<>(folder.manifests());
    return folder.objects().stream()
        .filter(object -> isRipe(object, ripeAt) && !isMarker(object))
        .filter(object -> !listing.contains(object))
        .filter(object -> !place.source().isManifestList(folder.fileName(object)))
        .filter(object -> !named.contains(object.key()))
        .map(object -> new UnlistedObject(object.key(), object.bytes(), object.lastModified()))
        .toList();
  }

  /** What some programs put to show a folder that has nothing in it yet. */
  private static boolean isMarker(ListedObject object) {
    return object.key().endsWith("/") && object.bytes() == 0;
  }

  private void settle() {
    Set<String> unlisted = unlisted();
    changed.forEach(
        (folder, objects) -> {
          List<UnlistedObject> found =
              objects.stream().filter(object -> unlisted.contains(object.s3Key())).toList();
          if (!found.isEmpty() || noted.contains(folder)) {
            replace(folder, found);
          }
        });
    changed.clear();
    changedKeys = 0;
  }

  private Set<String> unlisted() {
    List<String> keys =
        changed.values().stream().flatMap(List::stream).map(UnlistedObject::s3Key).toList();
    Set<String> unlisted = new HashSet<>();
    for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
      int to = Math.min(keys.size(), from + KEYS_AT_ONCE);
      unlisted.addAll(ledger.unlisted(keys.subList(from, to)));
    }
    return unlisted;
  }

  private void replace(String folder, List<UnlistedObject> objects) {
    Set<String> news = ledger.replace(folder, objects);
    objects.stream().filter(object -> news.contains(object.s3Key())).forEach(warning::add);
    if (objects.isEmpty()) {
      noted.remove(folder);
    } else {
      noted.add(folder);
    }
  }
}
