package io.riffle.infra.component;

import io.riffle.infra.process.Launch;
import io.riffle.infra.site.Site;
import io.riffle.operations.access.PasswordHash;
import io.riffle.operations.client.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operators' web pages: a program of ours that has a port of its own, and users. The stack
 * makes the user {@code admin}; the file is the operator's from then on.
 */
public final class Console implements Component {
  public static final String NAME = "console";

  /** The user that the stack makes. */
  public static final String USER = "admin";

  private static final String URL = "RIFFLE_CONSOLE_URL";
  private static final int PORT = 8090;
  private static final int METRICS_PORT = 9414;

  private final RiffleService program =
      new RiffleService(
          NAME,
          "io.riffle.console.Console",
          "console/console.properties",
          Duration.ZERO,
          METRICS_PORT);

  /** Where its pages are. */
  public static URI address(Site site) {
    return URI.create("http://" + site.address(site.instance(NAME)));
  }

  /** Where people find them: a proxy before it may have an address of its own. */
  public static URI url(Site site) {
    String given = site.given().get(URL);
    return given == null ? address(site) : URI.create(given);
  }

  String mainClass() {
    return program.mainClass();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String configFile() {
    return program.configFile();
  }

  @Override
  public boolean perSet() {
    return true;
  }

  @Override
  public boolean afterSetup() {
    return true;
  }

  @Override
  public Set<String> needs() {
    return program.needs();
  }

  @Override
  public Map<String, Integer> ports(Site site) {
    Map<String, Integer> ports = new TreeMap<>(program.ports(site));
    ports.put(site.instance(NAME), PORT);
    return ports;
  }

  @Override
  public Optional<String> metricsPort(Site site) {
    return program.metricsPort(site);
  }

  @Override
  public boolean isBuilt(Site site) {
    return program.isBuilt(site);
  }

  @Override
  public Launch launch(Site site) {
    Launch launch = program.launch(site);
    Map<String, String> environment = new TreeMap<>();
    environment.put("RIFFLE_CONSOLE_LISTEN", site.address(site.instance(NAME)));
    environment.put("RIFFLE_CONSOLE_USERS", site.folder().consoleUsers().toString());
    environment.put("RIFFLE_CONSOLE_TARGETS", site.folder().targets().toString());
    environment.put("RIFFLE_CONSOLE_HISTORY", history(site).toString());
    environment.putAll(launch.environment());
    return new Launch(launch.command(), environment, launch.contents());
  }

  @Override
  public void prepare(Site site) {
    program.prepare(site);
    if (!Files.exists(site.folder().consoleUsers())) {
      writeUsers(site);
    }
  }

  /** Graphs of the last day over a restart; the program's folder is made with it. */
  private static Path history(Site site) {
    return site.folder().data(site.instance(NAME)).resolve("history");
  }

  private static void writeUsers(Site site) {
    String hash = PasswordHash.of(site.secrets().consolePassword().toCharArray()).text();
    Path file = site.folder().consoleUsers();
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file, "# NAME:ROLE:HASH, see ./riffle console --help\n" + USER + ":admin:" + hash + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void check(Site site) throws Exception {
    Rest.get(address(site).resolve("/health"));
  }
}
