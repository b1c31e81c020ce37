package io.riffle.operations.doctor;

/** Looks at one part of a deployment. */
public interface Examination {

  /** The part's name: POSTGRES. */
  String part();

  /** What to do when it does not answer. */
  String whenSilent();

  /**
   * Looks, and changes nothing.
   *
   * @throws Exception when the part does not answer, or refuses
   */
  void examine(Findings findings) throws Exception;
}
