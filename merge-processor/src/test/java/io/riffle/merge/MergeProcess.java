package io.riffle.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a JVM of its own, as in production, so that it can be killed. */
final class MergeProcess implements AutoCloseable {
  private final Process process;

  private MergeProcess(Process process) {
    this.process = process;
  }

  static MergeProcess start(String set, String types, String bootstrap, URI registry, Path folder) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx256m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                MergeProcessor.class.getName()));
    builder.environment().put("RIFFLE_SET", set);
    builder.environment().put("RIFFLE_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
    builder.environment().put("RIFFLE_REGISTRY_URL", registry.toString());
    builder.environment().put("RIFFLE_MERGE_TYPES", types);
    builder.environment().put("RIFFLE_MERGE_THREADS", "1");
    builder.environment().put("RIFFLE_MERGE_INSTANCE_ID", "it");
    builder.environment().put("RIFFLE_MERGE_COMMIT_INTERVAL", "200ms");
    builder.environment().put("RIFFLE_MERGE_TRANSACTION_TIMEOUT", "8s");
    builder.environment().put("RIFFLE_MERGE_BLOCK_CACHE", "32MiB");
    builder.environment().put("RIFFLE_MERGE_WRITE_BUFFERS", "16MiB");
    builder.environment().put("RIFFLE_MERGE_STATE_DIR", folder.resolve("state").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    try {
      return new MergeProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code, or -1 when it takes longer than the limit. */
  int terminate(long limitSeconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(limitSeconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
