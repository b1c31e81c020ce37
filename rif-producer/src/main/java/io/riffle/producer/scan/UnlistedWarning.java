package io.riffle.producer.scan;

import io.riffle.producer.ledger.UnlistedObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each object that is new to the ledger; of many in one scan, the first by name. */
final class UnlistedWarning {

  private static final Logger log = LoggerFactory.getLogger(UnlistedWarning.class);
  private static final int MOST_NAMED = 20;

  private int count;

  void add(UnlistedObject object) {
    if (count++ < MOST_NAMED) {
      log.atWarn()
          .addKeyValue("s3Key", onOneLine(object.s3Key()))
          .addKeyValue("bytes", object.bytes())
          .addKeyValue("lastModified", object.lastModified())
          .log("no manifest lists this object");
    }
  }

  /** To be called at the end of a scan. */
  void end() {
    if (count > MOST_NAMED) {
      log.atWarn()
          .addKeyValue("objects", count)
          .addKeyValue("notNamed", count - MOST_NAMED)
          .log("no manifest lists these objects; the others are in riffle.unlisted_objects");
    }
    count = 0;
  }

  /** Anybody may have named it: a line break must not begin another line of the log. */
  private static String onOneLine(String s3Key) {
    return s3Key.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
  }
}
