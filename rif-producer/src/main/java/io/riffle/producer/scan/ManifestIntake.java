package io.riffle.producer.scan;

import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.KnownManifest;
import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.ManifestKey;
import io.riffle.producer.manifest.ManifestReading;
import io.riffle.producer.manifest.ManifestReading.Refused;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectMissingException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.s3.SmallObject;
import io.riffle.producer.source.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes manifests into the ledger. A manifest is fetched when it is new to this process or its ETag
 * or size is another one than last time; whether it changed, its hash then tells. For one thread.
 */
final class ManifestIntake {

  private static final Logger log = LoggerFactory.getLogger(ManifestIntake.class);

  /** Some in these states have files; what they name is then known twice. */
  private static final Set<FileState> WITHOUT_FILES =
      EnumSet.of(FileState.REJECTED, FileState.CONFLICT);

  private final ObjectStore store;
  private final ManifestLedger ledger;
  private final boolean requireChecksum;
  private final Map<String, KnownManifest> known;
  private final Map<String, ListedObject> seen = new HashMap<>();

  /** Keys of what manifests name that have no files in the ledger, by their own key. */
  private final Map<String, Set<String>> namedInVain = new HashMap<>();

  ManifestIntake(ObjectStore store, ManifestLedger ledger, boolean requireChecksum) {
    this.store = store;
    this.ledger = ledger;
    this.requireChecksum = requireChecksum;
    this.known = ledger.known();
  }

  /** Takes in a listed manifest; false if it is as it was. */
  boolean take(Place place, ManifestKey key, ListedObject listed) {
    if (listed.equals(seen.get(listed.key()))) {
      return false;
    }
    try {
      return listed.bytes() > Manifest.MAX_BYTES
          ? done(listed, refuse(key, listed))
          : fetch(place, key, listed);
    } catch (ObjectMissingException e) {
      return false; // deleted since it was listed
    }
  }

  /** What is another one by now, or was cut on its way, the next scan looks at again. */
  private boolean fetch(Place place, ManifestKey key, ListedObject listed) {
    SmallObject object = store.small(key.s3Key(), Manifest.MAX_BYTES);
    return object.isAsListed(listed) && done(listed, read(place, key, object));
  }

  private boolean done(ListedObject listed, boolean news) {
    seen.put(listed.key(), listed);
    return news;
  }

  /**
   * Keys of objects that manifests of the folder name and that are not in the ledger, because the
   * manifest is refused or is another one than was recorded.
   */
  Set<String> namedInVain(Folder folder) {
    Set<String> keys = new HashSet<>();
    folder.manifests().stream()
        .map(manifest -> namedInVain.get(manifest.key()))
        .filter(Objects::nonNull)
        .forEach(keys::addAll);
    return keys;
  }

  /** Too large to be fetched: the ETag stands for its content. */
  private boolean refuse(ManifestKey key, ListedObject listed) {
    String hash = sha256(listed.eTag().getBytes(StandardCharsets.UTF_8));
    String detail = key.fileName() + ": more than " + Manifest.MAX_BYTES + " bytes";
    namedInVain.remove(key.s3Key());
    return compareOrRecord(key, hash, new Refused(Refusal.MANIFEST_SIZE, detail));
  }

  private boolean read(Place place, ManifestKey key, SmallObject object) {
    String hash = sha256(object.content());
    ManifestReading content = place.read(key, object.content());
    ManifestReading reading =
        checksumProblem(object)
            .<ManifestReading>map(
                what ->
                    new Refused(Refusal.CHECKSUM, key.fileName() + ": " + what, content.named()))
            .orElse(content);
    boolean news = compareOrRecord(key, hash, reading);
    rememberNamed(key, hash, reading);
    return news;
  }

  private void rememberNamed(ManifestKey key, String hash, ManifestReading reading) {
    if (hasFiles(known.get(key.s3Key()), hash)) {
      namedInVain.remove(key.s3Key());
    } else {
      namedInVain.put(
          key.s3Key(), reading.named().stream().map(key::beside).collect(Collectors.toSet()));
    }
  }

  private static boolean hasFiles(KnownManifest recorded, String hash) {
    return recorded != null
        && recorded.contentHash().equals(hash)
        && !WITHOUT_FILES.contains(recorded.state());
  }

  private Optional<String> checksumProblem(SmallObject object) {
    return object.md5().isEmpty() && requireChecksum
        ? Optional.of("metadata md5chksum is missing")
        : object.md5().flatMap(sent -> Md5Check.problem(sent, object.content()));
  }

  private boolean compareOrRecord(ManifestKey key, String hash, ManifestReading reading) {
    KnownManifest recorded = known.get(key.s3Key());
    return recorded == null ? record(key, hash, reading) : compare(key, recorded, hash);
  }

  private boolean compare(ManifestKey key, KnownManifest recorded, String hash) {
    if (recorded.contentHash().equals(hash)) {
      return false;
    }
    String detail = key.fileName() + ": the object was changed after it was recorded";
    if (ledger.markChanged(recorded.id(), detail)) {
      log.atWarn().addKeyValue("s3Key", key.s3Key()).log("manifest changed after it was recorded");
    }
    return true;
  }

  private boolean record(ManifestKey key, String hash, ManifestReading reading) {
    Optional<KnownManifest> recorded = ledger.record(key, hash, reading);
    recorded.ifPresent(
        manifest -> {
          known.put(key.s3Key(), manifest);
          logDiscovery(key, manifest.state(), reading);
        });
    return recorded.isPresent();
  }

  private static void logDiscovery(ManifestKey key, FileState state, ManifestReading reading) {
    boolean fine = state == FileState.DISCOVERED;
    var event =
        (fine ? log.atInfo() : log.atWarn())
            .addKeyValue("s3Key", key.s3Key())
            .addKeyValue("state", state);
    if (reading instanceof Refused refused) {
      event = event.addKeyValue("reason", refused.reason()).addKeyValue("detail", refused.detail());
    }
    event.log(fine ? "manifest discovered" : "manifest cannot be loaded");
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
