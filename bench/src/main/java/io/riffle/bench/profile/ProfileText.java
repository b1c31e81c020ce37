package io.riffle.bench.profile;

import io.riffle.infra.cli.Table;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Profiles for people. */
public final class ProfileText {

  private ProfileText() {}

  public static String of(String what, List<ProcessProfile> profiles) {
    StringJoiner text = new StringJoiner("\n\n");
    text.add("Profile of " + what);
    profiles.forEach(profile -> add(profile, text));
    return text.toString();
  }

  private static void add(ProcessProfile profile, StringJoiner text) {
    String name = profile.name().toUpperCase(Locale.ROOT);
    text.add(table(name + ": THREADS", "CPU S", "%.2f", profile.threads()));
    if (profile.methods() != null) {
      String samples = "SAMPLES OF " + profile.methods().samples();
      text.add(table(name + ": METHOD AT WORK", samples, "%.0f", profile.methods().atWork()));
      if (!profile.methods().onBehalfOf().isEmpty()) {
        text.add(table(name + ": FOR", samples, "%.0f", profile.methods().onBehalfOf()));
      }
    }
  }

  private static String table(String what, String unit, String format, List<Share> shares) {
    Table table = new Table(what, unit, "%");
    for (Share share : shares) {
      table.row(
          share.name(),
          String.format(Locale.ROOT, format, share.amount()),
          String.format(Locale.ROOT, "%.1f", share.fraction() * 100));
    }
    return table.toString();
  }
}
