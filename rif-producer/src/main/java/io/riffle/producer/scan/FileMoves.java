package io.riffle.producer.scan;

import io.riffle.producer.ledger.FileLedger;
import io.riffle.producer.ledger.FileState;
import io.riffle.producer.ledger.LedgerFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a scan wants of the states of files, gathered so that the files of a manifest, of which
 * there may be thousands, go together. For one thread.
 */
final class FileMoves {

  private static final Logger log = LoggerFactory.getLogger(FileMoves.class);

  private final FileLedger files;
  private final Map<Kind, List<Move>> kinds = new LinkedHashMap<>();

  /** What moves of the same files have in common. */
  private record Kind(long manifest, FileState to, Optional<String> reason) {}

  private record Move(LedgerFile file, Optional<String> detail) {}

  FileMoves(FileLedger files) {
    this.files = files;
  }

  /** Notes a move. */
  void add(LedgerFile file, FileState to, Optional<String> reason, Optional<String> detail) {
    Kind kind = new Kind(file.manifestId(), to, reason);
    kinds.computeIfAbsent(kind, unknown -> new ArrayList<>()).add(new Move(file, detail));
  }

  /** Tells the ledger. */
  void apply() {
    kinds.forEach(this::apply);
    kinds.clear();
  }

  private void apply(Kind kind, List<Move> moves) {
    Map<Long, Optional<String>> details = new LinkedHashMap<>();
    moves.forEach(move -> details.put(move.file().id(), move.detail()));
    long changed = files.moveAll(kind.to(), kind.reason(), details);
    if (changed == 0) {
      return;
    }
    Move first = moves.get(0);
    log.atInfo()
        .addKeyValue("s3Key", first.file().s3Key())
        .addKeyValue("type", first.file().entryType())
        .addKeyValue("state", kind.to())
        .addKeyValue("detail", first.detail().orElse(""))
        .addKeyValue("files", changed)
        .log(changed == 1 ? "RIF file changed its state" : "RIF files changed their state");
  }
}
