package io.riffle.infra.setup;

import io.riffle.operations.site.Endpoints;

/**
 * One thing that has to exist. Steps run at every start, so each first looks whether it is done.
 */
public interface SetupStep {
  /** For messages, as in "create the bucket". */
  String name();

  /**
   * Makes it, unless it is there.
   *
   * @throws Exception ends the start; the message is shown to the user
   */
  void run(Endpoints endpoints) throws Exception;
}
