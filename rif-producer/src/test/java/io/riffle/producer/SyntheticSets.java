package io.riffle.producer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Uploads synthetic data sets of one PDE file each, every one newer than the one before. */
final class SyntheticSets {

  /** What the manifests claim. */
  static final Map<String, String> CLAIMED = claimed();

  private final ProducerStack stack;
  private Instant instant = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(20));

  SyntheticSets(ProducerStack stack) {
    this.stack = stack;
  }

  /**
   * Uploads a set.
   *
   * @param file the name of its file
   * @param missing names of more files, which are listed and not there
   * @return the manifest's key
   */
  String put(String file, Map<String, String> claimed, String... missing) {
    instant = instant.plusSeconds(1);
    String folder = "Synthetic/Incoming/" + instant + "/";
    stack.put(folder + file, RifRows.full("PDE").records(-5_001, -5_003).text());
    stack.put(folder + "0_manifest.xml", manifest(file, claimed, missing));
    return folder + "0_manifest.xml";
  }

  /** Some of the claimed values replaced. */
  static Map<String, String> claimedBut(Map<String, String> others) {
    Map<String, String> claimed = new LinkedHashMap<>(CLAIMED);
    claimed.putAll(others);
    return claimed;
  }

  private String manifest(String file, Map<String, String> claimed, String... missing) {
    StringBuilder xml = new StringBuilder("<dataSetManifest");
    xml.append(" xmlns=\"http://cms.hhs.gov/bluebutton/api/schema/ccw-rif/v10\"")
        .append(" timestamp=\"%s\" sequenceId=\"0\" syntheticData=\"true\">".formatted(instant))
        .append(entry(file));
    List.of(missing).forEach(name -> xml.append(entry(name)));
    xml.append("<preValidationProperties>");
    claimed.forEach((name, value) -> xml.append("<%1$s>%2$s</%1$s>".formatted(name, value)));
    return xml.append("</preValidationProperties></dataSetManifest>").toString();
  }

  private static String entry(String name) {
    return "<entry name=\"%s\" type=\"PDE\"/>".formatted(name);
  }

  private static Map<String, String> claimed() {
    Map<String, String> claimed = new LinkedHashMap<>();
    claimed.put("clm_grp_id_start", "-500");
    claimed.put("pde_id_start", "-6000");
    claimed.put("carr_clm_cntl_num_start", "-700");
    claimed.put("fi_doc_cntl_num_start", "-800");
    claimed.put("hicn_start", "T00000900A");
    claimed.put("bene_id_start", "-1000");
    claimed.put("clm_id_start", "-1100");
    claimed.put("mbi_start", "1S00A00AA00");
    claimed.put("bene_id_end", "-1010");
    claimed.put("clm_id_end", "-1200");
    claimed.put("pde_id_end", "-6100");
    return claimed;
  }
}
