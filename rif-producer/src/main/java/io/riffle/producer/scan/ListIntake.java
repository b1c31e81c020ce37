package io.riffle.producer.scan;

import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.manifest.Manifest;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectMissingException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.s3.SmallObject;
import io.riffle.producer.source.FileSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in lists of manifests, such as {@code ManifestList.done}: which manifests a data set
 * consists of. For one thread.
 */
final class ListIntake {

  private static final Logger log = LoggerFactory.getLogger(ListIntake.class);

  private final ObjectStore store;
  private final ManifestLedger ledger;
  private final Map<String, ListedObject> seen = new HashMap<>();

  ListIntake(ObjectStore store, ManifestLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  void take(FileSource source, Folder folder, ListedObject listed) {
    if (listed.equals(seen.get(listed.key()))) {
      return;
    }
    try {
      SmallObject object = store.small(listed.key(), Manifest.MAX_BYTES);
      if (listed.bytes() > Manifest.MAX_BYTES || object.isAsListed(listed)) {
        record(source, folder, listed, object);
        seen.put(listed.key(), listed);
      }
    } catch (ObjectMissingException e) {
      log.atDebug().addKeyValue("s3Key", listed.key()).log("list deleted since it was listed");
    }
  }

  /** A list that cannot be trusted is left out: it informs operators, no load rests on it. */
  private void record(FileSource source, Folder folder, ListedObject listed, SmallObject object) {
    Optional<List<String>> names =
        isDamaged(object) ? Optional.empty() : source.manifestList(object.content());
    if (names.isEmpty()) {
      log.atWarn().addKeyValue("s3Key", listed.key()).log("manifest list is damaged, left out");
    } else if (ledger.recordList(folder.path(), names.get())) {
      log.atInfo()
          .addKeyValue("s3Key", listed.key())
          .addKeyValue("manifests", names.get().size())
          .log("manifest list recorded");
    }
  }

  private static boolean isDamaged(SmallObject object) {
    return object.content().length > Manifest.MAX_BYTES
        || object.md5().flatMap(sent -> Md5Check.problem(sent, object.content())).isPresent();
  }
}
