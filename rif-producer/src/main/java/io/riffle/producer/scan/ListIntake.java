package io.riffle.producer.scan;

import io.riffle.producer.ledger.ManifestLedger;
import io.riffle.producer.manifest.ManifestReader;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.s3.ListedObject;
import io.riffle.producer.s3.ObjectMissingException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.producer.s3.SmallObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in {@code ManifestList.done}: which manifests a data set consists of. For one thread. */
final class ListIntake {

  private static final Logger log = LoggerFactory.getLogger(ListIntake.class);
  private static final Pattern MANIFEST = Pattern.compile("\\d{1,18}_manifest\\.xml");

  private final ObjectStore store;
  private final ManifestLedger ledger;
  private final Map<String, ListedObject> seen = new HashMap<>();

  ListIntake(ObjectStore store, ManifestLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  void take(Folder folder, ListedObject listed) {
    if (listed.equals(seen.get(listed.key()))) {
      return;
    }
    try {
      SmallObject object = store.small(listed.key(), ManifestReader.MAX_BYTES);
      record(folder, listed, object);
      seen.put(listed.key(), listed);
    } catch (ObjectMissingException e) {
      log.atDebug().addKeyValue("s3Key", listed.key()).log("list deleted since it was listed");
    }
  }

  /** A list that cannot be trusted is left out: it informs operators, no load rests on it. */
  private void record(Folder folder, ListedObject listed, SmallObject object) {
    boolean damaged =
        object.content().length > ManifestReader.MAX_BYTES
            || object.md5().flatMap(sent -> Md5Check.problem(sent, object.content())).isPresent();
    List<String> names = names(object.content());
    if (damaged || !names.stream().allMatch(name -> MANIFEST.matcher(name).matches())) {
      log.atWarn().addKeyValue("s3Key", listed.key()).log("manifest list is damaged, left out");
    } else if (ledger.recordList(folder.path(), names)) {
      log.atInfo()
          .addKeyValue("s3Key", listed.key())
          .addKeyValue("manifests", names.size())
          .log("manifest list recorded");
    }
  }

  private static List<String> names(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
