package io.riffle.console.replay;

import io.riffle.config.DurationText;
import io.riffle.console.access.RefusedException;
import io.riffle.operations.replay.ReplayMode;
import io.riffle.operations.replay.ReplayRequest;
import io.riffle.operations.replay.Scope;
import io.riffle.operations.replay.StartAt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What somebody asks for, in the fields of a form or of a body. No message repeats a key. */
final class ReplayForm {
  private static final int BAD_REQUEST = 400;

  private final Function<String, Optional<String>> fields;

  /**
   * @param fields {@code what} (table, topic, file, keys), {@code name}, {@code type}, {@code
   *     keys}, {@code from} (offset, datetime, duration) with {@code start}, {@code mode} (merge,
   *     rebuild, reingest), {@code force}
   */
  ReplayForm(Function<String, Optional<String>> fields) {
    this.fields = fields;
  }

  ReplayRequest request(String by) {
    Scope scope = scope();
    StartAt start = start();
    ReplayMode mode = mode();
    boolean forced = fields.apply("force").isPresent();
    boolean whole = start instanceof StartAt.Beginning;
    boolean ofTopic = scope instanceof Scope.Table || scope instanceof Scope.Topic;
    require(whole || ofTopic, "a start goes with a table or a topic");
    require(
        mode != ReplayMode.REINGEST || (scope instanceof Scope.File && whole && !forced),
        "reading again from S3 is of a file");
    require(
        mode != ReplayMode.REBUILD || (scope instanceof Scope.Table && whole && !forced),
        "a rebuild is of a whole table");
    return new ReplayRequest(scope, start, mode, forced, by);
  }

  private Scope scope() {
    String what = needed("what").toLowerCase(Locale.ROOT);
    return switch (what) {
      case "table" -> new Scope.Table(needed("name"));
      case "topic" -> new Scope.Topic(needed("name"));
      case "file" -> new Scope.File(needed("name"));
      case "keys" -> new Scope.Keys(needed("type"), keys());
      default -> throw refused("what is table, topic, file or keys");
    };
  }

  private List<Long> keys() {
    try {
      return Arrays.stream(needed("keys").split("[,\\s]+", -1))
          .filter(key -> !key.isBlank())
          .map(Long::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw refused("a key is a whole number");
    }
  }

  private ReplayMode mode() {
    return switch (fields.apply("mode").orElse("merge").toLowerCase(Locale.ROOT)) {
      case "merge" -> ReplayMode.MERGE;
      case "rebuild" -> ReplayMode.REBUILD;
      case "reingest" -> ReplayMode.REINGEST;
      default -> throw refused("mode is merge, rebuild or reingest");
    };
  }

  private StartAt start() {
    String text = fields.apply("start").orElse("");
    return switch (fields.apply("from").orElse("").toLowerCase(Locale.ROOT)) {
      case "" -> new StartAt.Beginning();
      case "offset" -> offsets(text);
      case "datetime" -> new StartAt.ToDatetime(time(text));
      case "duration" -> new StartAt.ByDuration(parsed(text, DurationText::parse));
      default -> throw refused("from is offset, datetime or duration");
    };
  }

  private static StartAt offsets(String text) {
    if (!text.contains(":")) {
      return new StartAt.Offsets(Optional.of(natural(text)), Map.of());
    }
    Map<Integer, Long> offsets = new HashMap<>();
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.split(":", -1);
      require(parts.length == 2, "offsets are PARTITION:OFFSET,PARTITION:OFFSET");
      offsets.put((int) Math.min(Integer.MAX_VALUE, natural(parts[0])), natural(parts[1]));
    }
    return new StartAt.Offsets(Optional.empty(), offsets);
  }

  private static long natural(String text) {
    long number = parsed(text.strip(), Long::parseLong);
    require(number >= 0, "an offset is not negative");
    return number;
  }

  /** An instant, a time with an offset, or one of UTC; as a browser sends it, too. */
  private static Instant time(String text) {
    try {
      return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw refused("a time is like 2026-11-20T10:00:00.000");
    }
  }

  private static <T> T parsed(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw refused("the start is no offset, or no duration such as 24h");
    }
  }

  private String needed(String name) {
    return fields.apply(name).orElseThrow(() -> refused(name + " is missing"));
  }

  private static void require(boolean fine, String otherwise) {
    if (!fine) {
      throw refused(otherwise);
    }
  }

  private static RefusedException refused(String why) {
    return new RefusedException(BAD_REQUEST, why);
  }
}
