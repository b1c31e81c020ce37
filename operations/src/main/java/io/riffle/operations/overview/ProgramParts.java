package io.riffle.operations.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Which parts of the programs of claims wait for a neighbour or have stopped, by what each program
 * tells Prometheus: for callers who cannot look into processes, since these run elsewhere. The
 * programs are those of a file of targets, as Prometheus reads it too ({@code file_sd_configs}); it
 * is read with each look, so that it may change.
 */
public final class ProgramParts implements Supplier<List<Standing>> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /** Jobs whose silence says nothing of claims, or is seen by whoever asks for connectors. */
  private static final Set<String> OTHERS = Set.of("connect", "cdc-source", "console");

  private final Path targets;
  private final String set;
  private final Duration patience;
  private final HttpClient client;

  /**
   * @param targets JSON: {@code [{"targets": ["HOST:PORT"], "labels": {"instance": ..., "job": ...,
   *     "set": ...}}]}
   * @param set whose parts are looked at
   * @param patience with a program that does not answer
   */
  public ProgramParts(Path targets, String set, Duration patience) {
    this.targets = targets;
    this.set = set;
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  /** A program with its address and the name that operators know it by. */
  private record Program(String name, String job, URI metrics) {}

  /** What does not work as it should; all programs are asked at once. */
  @Override
  public List<Standing> get() {
    List<Program> programs;
    try {
      programs = programs();
    } catch (IOException | IllegalArgumentException e) {
      return List.of(
          new Standing(PipelineState.DEGRADED, "the file of programs (targets) cannot be read"));
    }
    List<CompletableFuture<List<Standing>>> answers = programs.stream().map(this::ask).toList();
    return answers.stream().flatMap(answer -> answer.join().stream()).toList();
  }

  private List<Program> programs() throws IOException {
    List<Program> programs = new ArrayList<>();
    for (JsonNode group : JSON.readTree(Files.readString(targets))) {
      JsonNode labels = group.path("labels");
      if (labels.path("set").asText(set).equals(set)) {
        for (JsonNode target : group.path("targets")) {
          URI metrics = URI.create("http://" + target.asText() + "/metrics");
          String name = labels.path("instance").asText(target.asText());
          programs.add(new Program(name, labels.path("job").asText(), metrics));
        }
      }
    }
    return programs;
  }

  private CompletableFuture<List<Standing>> ask(Program program) {
    HttpRequest request = HttpRequest.newBuilder(program.metrics()).timeout(patience).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
        .thenApply(
            answer -> {
              if (answer.statusCode() != OK) {
                throw new CompletionException(new IOException("status " + answer.statusCode()));
              }
              return new PartSeries(answer.body(), set).standings();
            })
        .exceptionally(silent -> silence(program).stream().toList());
  }

  private static Optional<Standing> silence(Program program) {
    return OTHERS.contains(program.job())
        ? Optional.empty()
        : Optional.of(new Standing(PipelineState.DEGRADED, program.name() + " does not answer"));
  }
}
