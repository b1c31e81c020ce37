package io.riffle.operations.overview;

import java.time.Instant;
import java.util.List;

/** All pipelines of a set at one moment. */
public record Overview(Instant at, List<Pipeline> pipelines) {

  public Overview {
    pipelines = List.copyOf(pipelines);
  }

  /** The worst of all. */
  public PipelineState state() {
    return pipelines.stream()
        .map(Pipeline::state)
        .reduce(PipelineState.RUNNING, PipelineState::worse);
  }
}
