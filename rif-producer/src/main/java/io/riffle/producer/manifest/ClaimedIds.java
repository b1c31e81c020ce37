package io.riffle.producer.manifest;

/**
 * The ids from which on a synthetic set counts its people, claims and drug events, downwards: the
 * element preValidationProperties. The tables of record should hold none of them before the set is
 * loaded. Numbers are negative; 0 stands for "not said". Texts may be empty.
 *
 * @param beneIdEnd the first person id that is not the set's any more
 * @param carrierControlNumberStart of CARRIER claims
 * @param fiDocumentControlNumberStart of the five types of institutional claims
 */
public record ClaimedIds(
    long claimGroupIdStart,
    long pdeIdStart,
    long carrierControlNumberStart,
    String fiDocumentControlNumberStart,
    String hicnStart,
    long beneIdStart,
    long claimIdStart,
    String mbiStart,
    long beneIdEnd) {

  /** Whether all numbers are said; one that is not leaves the others without meaning. */
  public boolean hasNumbers() {
    return claimGroupIdStart != 0
        && pdeIdStart != 0
        && carrierControlNumberStart != 0
        && beneIdStart != 0
        && claimIdStart != 0
        && beneIdEnd != 0;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "ClaimedIds[" + (hasNumbers() ? "numbers and texts" : "texts") + "]";
  }
}
