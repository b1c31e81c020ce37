package io.riffle.producer.plan;

import io.riffle.config.Settings;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is put up with in the files of each type, {@code _MERGE} files included: one policy for all,
 * and what is said otherwise of a type.
 *
 * @param usual of manifests and of types that nothing is said of
 * @param byType by the type's name, such as {@code CARRIER}
 */
public record LoadPolicies(LoadPolicy usual, Map<String, LoadPolicy> byType) {

  public LoadPolicies {
    byType = Map.copyOf(byType);
  }

  /**
   * Reads the keys of {@link LoadPolicy} as they are, and with the name of each type behind them:
   * {@code max-rejects} and {@code max-rejects.carrier}.
   */
  static LoadPolicies from(Settings settings, Layouts layouts) {
    LoadPolicy usual = LoadPolicy.from(settings, "", LoadPolicy.USUAL);
    Map<String, LoadPolicy> byType = new LinkedHashMap<>();
    for (Layout layout : layouts.all()) {
      String suffix = "." + layout.type().toLowerCase(Locale.ROOT);
      byType.put(layout.type(), LoadPolicy.from(settings, suffix, usual));
    }
    LoadPolicy.KEYS.forEach(settings::rejectUnknownBelow);
    return new LoadPolicies(usual, byType);
  }

  /** The same without limits of rejects. */
  LoadPolicies withoutLimits() {
    Map<String, LoadPolicy> unlimited = new LinkedHashMap<>();
    byType.forEach((type, policy) -> unlimited.put(type, policy.withoutLimit()));
    return new LoadPolicies(usual.withoutLimit(), unlimited);
  }

  /** The policy of a type. */
  public LoadPolicy of(String type) {
    return byType.getOrDefault(type, usual);
  }
}
