package io.riffle.sink.meter;

import io.riffle.metrics.Meters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers Prometheus. */
@Path("/metrics")
public final class MetricsResource {
  private final Meters meters;

  MetricsResource(Meters meters) {
    this.meters = meters;
  }

  /** All series, in the form that is asked for. */
  @GET
  public Response scrape(@HeaderParam(HttpHeaders.ACCEPT) String accept) {
    return Response.ok(meters.scrape(accept), Meters.contentType(accept)).build();
  }
}
