package io.riffle.infra.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.infra.stack.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Expressions of boards, and the names of series in them. */
final class Expressions {
  private static final Path BOARDS = RepositoryRoot.find().resolve("infra/grafana/boards");
  private static final Pattern NOT_NAMES =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|on|without|ignoring)\\s*\\([^)]*\\)|[0-9][0-9.]*");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w|\\s*\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  private Expressions() {}

  /** Those of all boards, by "board: panel: number", as Grafana sends them for all sets. */
  static Map<String, String> ofBoards() throws IOException {
    Map<String, String> expressions = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(BOARDS)) {
      for (Path file : files.sorted().toList()) {
        JsonNode board = new ObjectMapper().readTree(file.toFile());
        for (JsonNode panel : board.get("panels")) {
          for (JsonNode target : panel.get("targets")) {
            expressions.put(
                board.get("title").asText()
                    + ": "
                    + panel.get("title").asText()
                    + ": "
                    + target.get("refId").asText(),
                target.get("expr").asText().replace("$set", ".*"));
          }
        }
      }
    }
    return expressions;
  }

  /** The series that an expression names. */
  static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(NOT_NAMES.matcher(expression).replaceAll(" "));
    while (matcher.find()) {
      if (!WORDS.contains(matcher.group())) {
        names.add(matcher.group());
      }
    }
    return names;
  }
}
