package io.riffle.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry answered.
 *
 * @param status HTTP status, any but those that are retried
 * @param body parsed JSON; a missing node if the body is not JSON
 */
record Reply(int status, JsonNode body) {
  boolean ok() {
    return status == 200 && !body.isMissingNode();
  }

  /** The registry's own code, such as 40403; 0 if there is none. */
  int errorCode() {
    return body.path("error_code").asInt(0);
  }

  boolean notFound() {
    return status == 404 && errorCode() != 0;
  }

  /** Status and error code; the body's text stays out, it may quote what was sent. */
  String summary() {
    String suffix = errorCode() == 0 ? "" : ", error code " + errorCode();
    return "HTTP " + status + suffix;
  }
}
