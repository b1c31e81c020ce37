package io.riffle.cdc.source;

import io.riffle.config.ConfigException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code jdbc:postgresql://host:port/database}, or the same without {@code jdbc:}. Nothing secret
 * is in it; of its options only those of TLS are taken.
 */
public record SourceUrl(String host, int port, String database, Map<String, String> options) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://([^/:@?]+|\\[[0-9a-fA-F:]+\\])(?::(\\d{1,5}))?/([^?/]+)(?:\\?(.*))?");
  private static final Set<String> OPTIONS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");
  private static final int USUAL_PORT = 5432;

  public SourceUrl {
    options = Map.copyOf(options);
  }

  /**
   * Reads a URL.
   *
   * @throws ConfigException for another form; the text is not repeated, which may hold a password
   */
  public static SourceUrl parse(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      throw new ConfigException(
          "cdc source: url",
          "",
          "must be jdbc:postgresql://host:port/database; user and password are given apart");
    }
    int port = found.group(2) == null ? USUAL_PORT : Integer.parseInt(found.group(2));
    return new SourceUrl(found.group(1), port, decoded(found.group(3)), options(found.group(4)));
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new TreeMap<>();
    for (String option : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = option.split("=", 2);
      if (parts.length != 2 || !OPTIONS.contains(parts[0])) {
        throw new ConfigException("cdc source: url", "", "takes the options " + OPTIONS + " only");
      }
      options.put(parts[0], decoded(parts[1]));
    }
    return options;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** For the driver. */
  public String jdbc() {
    StringBuilder url = new StringBuilder("jdbc:postgresql://");
    url.append(host).append(':').append(port).append('/').append(encoded(database));
    String separator = "?";
    for (Map.Entry<String, String> option : new TreeMap<>(options).entrySet()) {
      url.append(separator).append(option.getKey()).append('=').append(encoded(option.getValue()));
      separator = "&";
    }
    return url.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return jdbc();
  }
}
