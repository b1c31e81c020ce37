package io.riffle.net;

import java.util.Optional;

/**
 * The head of a request as it came.
 *
 * @param method such as {@code GET}
 * @param target path and query, encoded as the client did
 * @param range the value of its Range header
 */
public record HttpRequest(String method, String target, Optional<String> range) {}
