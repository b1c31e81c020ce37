package io.riffle.operations.doctor;

import io.riffle.operations.site.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;

/** The schema registry: there, and what it has. */
final class RegistryExamination implements Examination {
  private final Endpoints endpoints;
  private final ClockSkew skew;

  RegistryExamination(Endpoints endpoints, Clock clock) {
    this.endpoints = endpoints;
    this.skew = new ClockSkew(clock);
  }

  @Override
  public String part() {
    return "REGISTRY";
  }

  @Override
  public String whenSilent() {
    return "is the registry up, and is " + endpoints.registryUrl() + " its Confluent API?";
  }

  @Override
  public void examine(Findings findings) throws IOException, InterruptedException {
    HttpLook subjects = HttpLook.at(URI.create(endpoints.registryUrl() + "/subjects"));
    if (!subjects.body().isArray()) {
      findings.fail("its answer is no list of subjects", whenSilent());
      return;
    }
    findings.ok(
        "answers at " + endpoints.registryUrl() + " with " + subjects.body().size() + " subjects");
    skew.check(findings, subjects.date());
  }
}
