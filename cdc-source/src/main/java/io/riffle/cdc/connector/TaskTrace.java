package io.riffle.cdc.connector;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may be shown of a stack trace that Connect keeps of a task: the names of its exceptions, and
 * what Riffle's own say. Messages of others may quote values of rows.
 */
final class TaskTrace {
  private static final Pattern EXCEPTION =
      Pattern.compile("(?:Caused by: )?((?:[a-zA-Z_][\\w$]*\\.)+)([A-Z][\\w$]*)(?:: (.*))?");

  private static final String OWN_PACKAGE = "io.riffle.";

  /** How messages of the guard and of the rules begin, which are in exceptions of Connect's. */
  private static final List<String> OWN_WORDS =
      List.of(
          "changes may be lost, ",
          "the source does not answer, SQLSTATE ",
          "Nothing leaves unhidden: ");

  private TaskTrace() {}

  /** None of an empty trace. */
  static Optional<String> shown(String trace) {
    String text =
        trace
            .lines()
            .map(EXCEPTION::matcher)
            .filter(Matcher::matches)
            .map(TaskTrace::shown)
            .distinct()
            .collect(Collectors.joining(", by "));
    if (text.isEmpty()) {
      return trace.isBlank() ? Optional.empty() : Optional.of("an exception of unknown form");
    }
    return Optional.of(text);
  }

  private static String shown(Matcher exception) {
    String message = exception.group(3) == null ? "" : exception.group(3);
    boolean own =
        exception.group(1).startsWith(OWN_PACKAGE)
            || OWN_WORDS.stream().anyMatch(message::startsWith);
    return own && !message.isEmpty() ? exception.group(2) + ": " + message : exception.group(2);
  }
}
