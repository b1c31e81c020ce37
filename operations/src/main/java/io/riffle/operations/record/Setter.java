package io.riffle.operations.record;

import io.riffle.operations.record.KeyTrace.Traced;
import io.riffle.schemas.control.Version;
import java.util.Optional;

/**
 * The delivered record that set a field.
 *
 * @param file as far as the ledger knows it
 * @param delivery where it stands on the raw topic; empty when it was delivered before what can be
 *     seen
 */
public record Setter(Version version, Optional<SourceFile> file, Optional<Traced> delivery) {

  /** Whether a _MERGE file sent it. */
  public boolean isPatch() {
    return file.map(SourceFile::merge)
        .orElseGet(() -> delivery.filter(d -> d.delivery().kind().equals("PATCH")).isPresent());
  }
}
