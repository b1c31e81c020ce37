package io.riffle.console.page;

import static io.riffle.console.html.Html.attr;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.flag;

import io.javalin.http.Context;
import io.riffle.console.access.RefusedException;
import io.riffle.console.html.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scripts, styles and the icon, from the class path; other people's with their licences. */
public final class Statics {
  private static final String FOLDER = "/io/riffle/console/static/";
  private static final int NOT_FOUND = 404;
  private static final int TAG_LENGTH = 12;
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8");

  private static final Map<String, byte[]> FILES =
      load(
          "console.css",
          "console.js",
          "icon.svg",
          "htmx-2.0.11.min.js",
          "uplot-1.6.32.min.js",
          "uplot-1.6.32.min.css",
          "LICENSE-htmx.txt",
          "LICENSE-uplot.txt");

  private Statics() {}

  private static Map<String, byte[]> load(String... names) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : names) {
      try (InputStream in = Statics.class.getResourceAsStream(FOLDER + name)) {
        files.put(name, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** Answers with a file; its address changes with what is in it. */
  public static void serve(Context context) {
    String name = context.pathParam("name");
    byte[] file = FILES.get(name);
    if (file == null) {
      throw new RefusedException(NOT_FOUND, "there is no such file");
    }
    context
        .contentType(TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .result(file);
  }

  static List<Node> styles() {
    return List.of(
        style("uplot-1.6.32.min.css"),
        style("console.css"),
        element(
            "link",
            attr("rel", "icon"),
            attr("type", "image/svg+xml"),
            attr("href", address("icon.svg"))));
  }

  private static Node style(String name) {
    return element("link", attr("rel", "stylesheet"), attr("href", address(name)));
  }

  static List<Node> scripts() {
    return List.of(
        script("htmx-2.0.11.min.js"), script("uplot-1.6.32.min.js"), script("console.js"));
  }

  private static Node script(String name) {
    return element("script", attr("src", address(name)), flag("defer", true));
  }

  private static String address(String name) {
    return "/static/" + name + "?v=" + tag(FILES.get(name));
  }

  private static String tag(byte[] file) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
      return HexFormat.of().formatHex(hash).substring(0, TAG_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(StandardCharsets.UTF_8 + " and SHA-256 are in every JDK", e);
    }
  }
}
