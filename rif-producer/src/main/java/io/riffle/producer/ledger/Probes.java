package io.riffle.producer.ledger;

import io.riffle.producer.manifest.ClaimedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The questions of a pre-validation. Ids of synthetic people and of what is theirs are negative:
 * where no index has the column in question, only the negative part of the primary key is read.
 */
final class Probes {

  /** Group ids down to here were given to older sets. */
  private static final long GROUP_IDS_END = -99_999_831_003L;

  private static final List<String> INSTITUTIONAL =
      List.of(
          "hha_claims", "hospice_claims", "inpatient_claims", "outpatient_claims", "snf_claims");
  private static final String PEOPLE = "beneficiaries";
  private static final String SYNTHETIC_PEOPLE = "bene_id < 0";
  private static final String SYNTHETIC_CLAIMS = "clm_id < 0";

  private Probes() {}

  static List<Probe> of(ClaimedIds ids) {
    List<Probe> probes = new ArrayList<>();
    if (ids.hasNumbers()) {
      probes.add(people(ids));
      probes.add(carrierControlNumbers(ids));
      probes.add(group(ids, "carrier_claims", "clm_id"));
      probes.add(group(ids, "dme_claims", "clm_id"));
      probes.add(Probe.of("PDE_ID", "partd_events", "true", "pde_id <= " + ids.pdeIdStart()));
      probes.add(group(ids, "partd_events", "pde_id"));
    }
    INSTITUTIONAL.forEach(table -> institutional(ids, table).ifPresent(probes::add));
    identity("HICN", "hicn_unhashed", SYNTHETIC_PEOPLE, ids.hicnStart()).ifPresent(probes::add);
    identity("MBI", "mbi_num", "true", ids.mbiStart()).ifPresent(probes::add);
    probes.add(sharedMbis());
    return probes;
  }

  private static Probe people(ClaimedIds ids) {
    String range =
        String.format(
            Locale.ROOT, "bene_id > %d AND bene_id <= %d", ids.beneIdEnd(), ids.beneIdStart());
    return Probe.of("BENE_ID", PEOPLE, range, "true");
  }

  /** The numbers are compared as texts, byte by byte, whatever the database's collation. */
  private static Probe carrierControlNumbers(ClaimedIds ids) {
    return Probe.of(
        "CARR_CLM_CNTL_NUM",
        "carrier_claims",
        "clm_id <= " + ids.claimIdStart(),
        "carr_clm_cntl_num COLLATE \"C\" <= ?",
        Long.toString(ids.carrierControlNumberStart()));
  }

  private static Probe group(ClaimedIds ids, String table, String key) {
    return Probe.of("CLM_GRP_ID", table, key + " < 0", groups(ids));
  }

  /** One pass for both: neither column has an index. */
  private static Optional<Probe> institutional(ClaimedIds ids, String table) {
    Map<String, String> conditions = new TreeMap<>();
    Optional<String> document =
        Optional.of(ids.fiDocumentControlNumberStart()).filter(text -> !text.isEmpty());
    document.ifPresent(text -> conditions.put("FI_DOC_CLM_CNTL_NUM", "fi_doc_clm_cntl_num = ?"));
    if (ids.hasNumbers()) {
      conditions.put("CLM_GRP_ID", groups(ids));
    }
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Probe(table, conditions, SYNTHETIC_CLAIMS, document));
  }

  private static Optional<Probe> identity(String check, String column, String range, String text) {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Probe.of(check, PEOPLE, range, column + " = ?", text));
  }

  /** Two MBIs, each of several people; a single one is let pass, as the existing loader does. */
  private static Probe sharedMbis() {
    String shared =
        "mbi_num IS NOT NULL GROUP BY mbi_num HAVING count(DISTINCT bene_id) > 1 OFFSET 1";
    return Probe.of("SHARED_MBI", "beneficiaries_history", SYNTHETIC_PEOPLE, shared);
  }

  private static String groups(ClaimedIds ids) {
    return String.format(
        Locale.ROOT,
        "clm_grp_id > %d AND clm_grp_id <= %d",
        GROUP_IDS_END,
        ids.claimGroupIdStart());
  }
}
