package io.riffle.operations.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer of a server that speaks JSON.
 *
 * @param date HTTP's {@code Date}, where it tells one
 */
record HttpLook(JsonNode body, Optional<String> date) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /**
   * The answer to a GET.
   *
   * @throws IOException when there is none, or it is no 200 with JSON
   */
  static HttpLook at(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != OK) {
      throw new IOException(uri + " answered " + response.statusCode());
    }
    return new HttpLook(JSON.readTree(response.body()), response.headers().firstValue("Date"));
  }
}
