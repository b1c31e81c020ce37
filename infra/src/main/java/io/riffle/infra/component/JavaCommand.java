package io.riffle.infra.component;

import io.riffle.infra.site.Site;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@code java} command line with the settings that all JVMs of the stack share. */
final class JavaCommand {
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> properties = new TreeMap<>();

  private JavaCommand(Site site, int heapMegabytes) {
    options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options.add("-Xmx" + heapMegabytes + "m");
    // a process without memory is started again; one that limps on is not
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.addAll(site.jvmOptions());
    if (site.jvmOptions().stream().noneMatch(JavaCommand::choosesCollector)) {
      // several JVMs share few cores and little memory: docs/performance.md compares
      options.add("-XX:+UseParallelGC");
    }
    properties.put("user.timezone", "UTC");
    properties.put("file.encoding", "UTF-8");
    properties.put("java.awt.headless", "true");
  }

  /** A JVM with two of them does not start. */
  private static boolean choosesCollector(String option) {
    return option.matches("-XX:\\+Use\\w+GC");
  }

  /** Heap limit in megabytes; log lines as {@code infra/config/logback.xml} says. */
  static JavaCommand of(Site site, int heap) {
    return new JavaCommand(site, heap)
        .property("logback.configurationFile", site.template("logback.xml"));
  }

  JavaCommand option(String option) {
    options.add(option);
    return this;
  }

  JavaCommand property(String name, Object value) {
    properties.put(name, value.toString());
    return this;
  }

  List<String> main(List<Path> folders, String mainClass, Object... arguments) {
    return main(classPath(folders), mainClass, arguments);
  }

  /** A program of this module that needs the jars of a folder. */
  List<String> ownMain(Path folder, Class<?> mainClass, Object... arguments) {
    String classPath = ownClasses() + ":" + classPath(List.of(folder));
    return main(classPath, mainClass.getName(), arguments);
  }

  List<String> jar(Path jar) {
    List<String> command = start();
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  private List<String> main(String classPath, String mainClass, Object... arguments) {
    List<String> command = start();
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static String classPath(List<Path> folders) {
    return String.join(":", folders.stream().map(folder -> folder + "/*").toList());
  }

  private static Path ownClasses() {
    try {
      return Path.of(JavaCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> start() {
    List<String> command = new ArrayList<>(options);
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    return command;
  }
}
