package io.riffle.config;

import io.riffle.config.SettingsSource.Found;
import io.riffle.config.SettingsSource.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The effective settings of one program: a properties file (its path is in the variable {@code
 * RIFFLE_CONFIG}) under the environment ({@code RIFFLE_REGISTRY_URL} overrides {@code
 * registry.url}; {@code .} and {@code -} become {@code _}).
 *
 * <p>Getters never throw: a missing or unusable value is remembered and a harmless stand-in comes
 * back, so that one start names all problems. {@link #build} does the whole round; whoever calls
 * getters directly ends with {@link #check()}. Keys of the file that nobody asked for are problems
 * too. Not for use by several threads.
 */
public final class Settings {
  private static final String CONFIG_VARIABLE = "RIFFLE_CONFIG";
  private static final URI UNSET = URI.create("unset:/");
  private static final int MAX_SECRET_BYTES = 64 * 1024;
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(password|secret|token|jaas|credential|user\\.info)(?!.*\\.file$)|(^|[.-])key$");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

  private final SettingsSource source;
  private final Set<ConfigProblem> problems;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> secrets = new TreeSet<>();
  private final Set<String> ignoredPrefixes = new LinkedHashSet<>();
  private final Set<String> rejectedBelow = new LinkedHashSet<>();
  private final Map<String, String> effective = new TreeMap<>();

  private Settings(SettingsSource source, List<ConfigProblem> problems) {
    this.source = source;
    this.problems = new LinkedHashSet<>(problems);
  }

  /** The settings of this process. */
  public static Settings load() {
    return load(System.getenv());
  }

  /** Settings from the given environment, which may name a file in {@code RIFFLE_CONFIG}. */
  public static Settings load(Map<String, String> environment) {
    List<ConfigProblem> problems = new ArrayList<>();
    String path = environment.getOrDefault(CONFIG_VARIABLE, "").strip();
    Map<String, String> file =
        path.isEmpty() ? Map.of() : SettingsFile.read(Path.of(path), problems);
    return new Settings(new SettingsSource(file, environment), problems);
  }

  /** Settings from a map, as if it were the file; no environment. */
  public static Settings of(Map<String, String> values) {
    return new Settings(new SettingsSource(values, Map.of()), List.of());
  }

  /**
   * Builds a program's configuration from these settings and checks them.
   *
   * @throws ConfigException with all problems, those of the records' own checks included
   */
  public <T> T build(Function<Settings, T> builder) {
    T built = null;
    try {
      built = builder.apply(this);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
    check();
    return built;
  }

  /** Text that must be there; empty stand-in. */
  public String string(String key) {
    return read(key, Optional.empty(), "", Function.identity());
  }

  /** Text with a default. */
  public String string(String key, String fallback) {
    return read(key, Optional.of(fallback), fallback, Function.identity());
  }

  /** Text that may be absent. */
  public Optional<String> optional(String key) {
    return read(key, Optional.of(""), Optional.empty(), Optional::of);
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public int integer(String key, int fallback, int min, int max) {
    return Math.toIntExact(longInteger(key, fallback, min, max));
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public long longInteger(String key, long fallback, long min, long max) {
    return read(key, Optional.of("" + fallback), fallback, text -> number(text, min, max));
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key, boolean fallback) {
    return read(key, Optional.of("" + fallback), fallback, Settings::truth);
  }

  /** A positive duration: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code PT30S}. */
  public Duration duration(String key, Duration fallback) {
    return read(key, Optional.of(fallback.toString()), fallback, Settings::positive);
  }

  /** A size in bytes: {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 8MB}. */
  public long size(String key, long fallback) {
    return read(key, Optional.of(fallback + "B"), fallback, SizeText::parse);
  }

  /** An absolute URI that must be there. */
  public URI uri(String key) {
    return read(key, Optional.empty(), UNSET, Settings::absolute);
  }

  /** An absolute URI with a default. */
  public URI uri(String key, URI fallback) {
    return read(key, Optional.of(fallback.toString()), fallback, Settings::absolute);
  }

  /** Where to listen, {@code host:port} or {@code [::1]:port}, which may be absent; port 0: any. */
  public Optional<InetSocketAddress> listenAddress(String key) {
    return read(
        key, Optional.of(""), Optional.empty(), text -> Optional.of(ListenText.parse(text)));
  }

  /** One or more absolute URIs, comma-separated, that must be there. */
  public List<URI> uris(String key) {
    return read(
        key,
        Optional.empty(),
        List.of(UNSET),
        text -> split(text).stream().map(Settings::absolute).toList());
  }

  /** Comma-separated texts; blanks between them are dropped. */
  public List<String> list(String key, List<String> fallback) {
    return read(key, Optional.of(String.join(",", fallback)), fallback, Settings::split);
  }

  /** A file or folder that may be absent; whether it exists is the reader's question. */
  public Optional<Path> path(String key) {
    return read(key, Optional.of(""), Optional.empty(), text -> Optional.of(Path.of(text)));
  }

  /** A constant of an enum, in any case, {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return read(key, Optional.of(fallback.name()), fallback, text -> constant(type, text));
  }

  /** A secret, from {@code key} or from the file that {@code key.file} names. */
  public Optional<Secret> secret(String key) {
    known.add(key);
    secrets.add(key);
    Optional<Found> direct = source.find(key);
    Optional<Path> file = path(key + ".file");
    if (direct.isPresent() && file.isPresent()) {
      reject(key, "is given twice: here and in " + key + ".file");
    }
    Optional<Secret> secret =
        direct
            .map(found -> Secret.of(found.value()))
            .or(() -> file.flatMap(at -> fromFile(key, at)));
    Origin origin = direct.map(Found::origin).orElse(Origin.SECRET_FILE);
    secret.ifPresent(hidden -> show(key, hidden.toString(), origin));
    return secret;
  }

  /** A secret that must be there; empty stand-in. */
  public Secret requiredSecret(String key) {
    Optional<Secret> secret = secret(key);
    if (secret.isEmpty()) {
      reject(key, "is missing (or name a file with it in " + key + ".file)");
    }
    return secret.orElseGet(() -> Secret.of(""));
  }

  /**
   * All values whose keys start with {@code prefix}, without it, for settings passed on to a
   * library ({@code kafka.}). In variables {@code _} stands for a dot.
   */
  public Map<String, String> under(String prefix) {
    ignore(prefix);
    Map<String, String> values = new TreeMap<>();
    source
        .under(prefix)
        .forEach(
            (name, found) -> {
              values.put(name, found.value());
              show(prefix + name, hide(name, found.value()), found.origin());
            });
    return values;
  }

  /** Keys with this prefix belong to another program that shares the file. */
  public void ignore(String prefix) {
    ignoredPrefixes.add(prefix);
  }

  /**
   * {@code key.anything} is ours alone: a variable of that form that no getter asks for is a
   * problem, as such a key of the file always is. Of other variables nobody can say whose they are.
   */
  public void rejectUnknownBelow(String key) {
    rejectedBelow.add(key);
  }

  /** Adds a problem that only the reader can see, such as two keys that exclude each other. */
  public void reject(String key, String reason) {
    String value = source.find(key).map(found -> shown(key, found.value())).orElse("");
    problems.add(new ConfigProblem(key, value, reason));
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException if any value was missing or unusable, or the file has unknown keys
   */
  public void check() {
    source.fileKeys().stream()
        .filter(key -> !known.contains(key) && ignoredPrefixes.stream().noneMatch(key::startsWith))
        .sorted()
        .forEach(this::unknown);
    rejectedBelow.stream()
        .flatMap(key -> source.variablesBelow(key, known).stream())
        .forEach(this::unknown);
    if (!problems.isEmpty()) {
      throw new ConfigException(List.copyOf(problems));
    }
  }

  private void unknown(String name) {
    problems.add(new ConfigProblem(name, "", "is not a known key"));
  }

  /** Every key read so far, one {@code key = value (origin)} per line; secrets hidden. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    effective.forEach((key, shown) -> text.append(key).append(" = ").append(shown).append('\n'));
    return text.toString();
  }

  /** {@code shownDefault}: empty means that the value must be there. */
  private <T> T read(
      String key, Optional<String> shownDefault, T standIn, Function<String, T> parser) {
    known.add(key);
    Optional<Found> found = source.find(key);
    if (found.isEmpty()) {
      shownDefault.ifPresentOrElse(
          shown -> show(key, shown, Origin.DEFAULT),
          () -> problems.add(new ConfigProblem(key, "", "is missing")));
      return standIn;
    }
    show(key, hide(key, found.get().value()), found.get().origin());
    return parse(key, found.get().value(), standIn, parser);
  }

  private <T> T parse(String key, String text, T standIn, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      reject(key, e.getMessage());
      return standIn;
    }
  }

  private Optional<Secret> fromFile(String key, Path file) {
    try {
      if (Files.size(file) > MAX_SECRET_BYTES) {
        reject(key + ".file", "is larger than a secret");
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(Secret.of(text.stripTrailing()));
    } catch (IOException e) {
      reject(key + ".file", "cannot be read: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private void show(String key, String value, Origin origin) {
    String from = origin.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    effective.put(key, value + " (" + from + ")");
  }

  private String shown(String key, String value) {
    return secrets.contains(key) ? Secret.HIDDEN : hide(key, value);
  }

  private static String hide(String key, String value) {
    return SECRET_NAME.matcher(key.toLowerCase(Locale.ROOT)).find()
        ? Secret.HIDDEN
        : USER_INFO.matcher(value).replaceAll(Secret.HIDDEN);
  }

  private static long number(String text, long min, long max) {
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below says the same for text and for a number out of range.
    }
    throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Duration positive(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("must be longer than zero");
    }
    return duration;
  }

  private static URI absolute(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Its message would quote the text, which may hold a password.
    }
    throw new IllegalArgumentException("must be an absolute URI such as https://host:8443/path");
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of " + Arrays.toString(type.getEnumConstants())));
  }
}
