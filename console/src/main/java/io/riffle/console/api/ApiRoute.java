package io.riffle.console.api;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.riffle.console.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that programs may ask for.
 *
 * @param summary in a line
 * @param twin the command that prints the same
 * @param parameters of the address, by name with what they mean
 * @param fields of the body of a post, likewise
 */
public record ApiRoute(
    HandlerType method,
    String path,
    Role role,
    String summary,
    String twin,
    Map<String, String> parameters,
    Map<String, String> fields,
    Handler handler) {

  public static ApiRoute get(String path, Role role, String summary, String twin, Handler handler) {
    return new ApiRoute(HandlerType.GET, path, role, summary, twin, Map.of(), Map.of(), handler);
  }

  public static ApiRoute post(
      String path, Role role, String summary, String twin, Handler handler) {
    return new ApiRoute(HandlerType.POST, path, role, summary, twin, Map.of(), Map.of(), handler);
  }

  /** With parameters: name, meaning, name, meaning, … */
  public ApiRoute with(String... namesAndMeanings) {
    return new ApiRoute(
        method, path, role, summary, twin, pairs(namesAndMeanings), fields, handler);
  }

  /** With fields of the body: name, meaning, … */
  public ApiRoute body(String... namesAndMeanings) {
    return new ApiRoute(
        method, path, role, summary, twin, parameters, pairs(namesAndMeanings), handler);
  }

  private static Map<String, String> pairs(String... all) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < all.length; i += 2) {
      pairs.put(all[i], all[i + 1]);
    }
    return pairs;
  }

  /** Names in braces. */
  List<String> pathNames() {
    return Pattern.compile("\\{(\\w+)}")
        .matcher(path)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
