package io.riffle.producer.scan;

import io.riffle.producer.ledger.Collision;
import io.riffle.producer.ledger.SyntheticLedger;
import io.riffle.producer.ledger.SyntheticSet;
import io.riffle.producer.scan.PreValidation.Progress.Done;
import io.riffle.producer.scan.PreValidation.Progress.TooLong;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a synthetic set that claims ids pass once the tables of record hold none of them. It is
 * judged against committed rows: no other synthetic set may be between its plan and its end, and
 * older ones that are complete go first. All other sets pass at once. For one thread.
 */
final class SyntheticGate implements AutoCloseable {

  /**
   * Why a set must not be planned.
   *
   * @param rejected whether that is for good: the ledger says so already
   */
  record Held(String detail, boolean rejected) {}

  private static final Logger log = LoggerFactory.getLogger(SyntheticGate.class);

  private final PreValidationConfig config;
  private final SyntheticLedger sets;
  private final PreValidation validation;

  SyntheticGate(PreValidationConfig config, SyntheticLedger sets, PreValidation validation) {
    this.config = config;
    this.sets = sets;
    this.validation = validation;
  }

  /**
   * Decides about sets that are complete.
   *
   * @param complete their manifests, in version order
   * @return why a set must not be planned, by manifest; the others may be
   */
  Map<Long, Held> held(List<Long> complete) {
    Map<Long, SyntheticSet> synthetic =
        config.enabled() && !complete.isEmpty() ? sets.among(complete) : Map.of();
    if (synthetic.values().stream().noneMatch(SyntheticGate::isUnchecked)) {
      return Map.of();
    }
    List<SyntheticSet> inOrder =
        complete.stream().filter(synthetic::containsKey).map(synthetic::get).toList();
    return judge(inOrder, sets.loading().or(() -> aboutToLoad(inOrder)));
  }

  @Override
  public void close() {
    validation.close();
  }

  /**
   * @param loading manifest key of a set whose rows are not all committed, if there is one
   */
  private Map<Long, Held> judge(List<SyntheticSet> inOrder, Optional<String> loading) {
    Map<Long, Held> held = new HashMap<>();
    Optional<String> before = loading;
    for (SyntheticSet set : inOrder) {
      if (isUnchecked(set)) {
        Optional<Held> decision = before.isPresent() ? waits(set, before.get()) : decide(set);
        decision.ifPresent(reason -> held.put(set.manifestId(), reason));
        boolean gone = decision.isPresent() && decision.get().rejected();
        before = gone ? before : Optional.of(before.orElse(set.manifestKey()));
      }
    }
    return held;
  }

  /** What its search found is of no use: the tables change before it is asked for again. */
  private Optional<Held> waits(SyntheticSet set, String before) {
    validation.forget(set);
    return held("waits for its pre-validation until " + before + " is loaded");
  }

  private Optional<Held> decide(SyntheticSet set) {
    PreValidation.Progress progress = validation.progress(set);
    if (progress instanceof Done done) {
      return done.collisions().isEmpty() ? pass(set) : reject(set, done.collisions());
    }
    return progress instanceof TooLong
        ? held("its pre-validation took more than " + config.timeout() + ", another one follows")
        : held("its pre-validation runs");
  }

  private Optional<Held> pass(SyntheticSet set) {
    sets.pass(set.manifestId());
    log.atInfo().addKeyValue("s3Key", set.manifestKey()).log("synthetic set is valid");
    return Optional.empty();
  }

  private Optional<Held> reject(SyntheticSet set, List<Collision> collisions) {
    String manifest = set.manifestKey().substring(set.manifestKey().lastIndexOf('/') + 1);
    String found = collisions.stream().map(Collision::toString).collect(Collectors.joining(", "));
    String detail = manifest + ": ids of this synthetic set are in use: " + found;
    sets.reject(set.manifestId(), detail);
    log.atWarn()
        .addKeyValue("s3Key", set.manifestKey())
        .addKeyValue("detail", detail)
        .log("synthetic set rejected");
    return Optional.of(new Held(detail, true));
  }

  private static Optional<Held> held(String detail) {
    return Optional.of(new Held(detail, false));
  }

  private static Optional<String> aboutToLoad(List<SyntheticSet> inOrder) {
    return inOrder.stream()
        .filter(set -> !isUnchecked(set))
        .map(SyntheticSet::manifestKey)
        .findFirst();
  }

  private static boolean isUnchecked(SyntheticSet set) {
    return set.unchecked().isPresent();
  }
}
