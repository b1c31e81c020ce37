package io.riffle.console.doctor;

import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Role;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.api.Json;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Badges;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.View;
import io.riffle.operations.doctor.Doctor;
import io.riffle.operations.doctor.DoctorJson;
import io.riffle.operations.doctor.Finding;
import io.riffle.operations.doctor.Verdict;
import java.time.Duration;
import java.util.List;

/** What was found, and what to do. */
public final class DoctorPage {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final DoctorDesk desk;
  private final Frame frame;

  public DoctorPage(DoctorDesk desk, Frame frame) {
    this.desk = desk;
    this.frame = frame;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/doctor", this::show, Role.VIEWER);
  }

  /** The same for programs. */
  public List<ApiRoute> api() {
    return List.of(
        ApiRoute.get(
            "/api/v1/doctor",
            Role.VIEWER,
            "Whether the servers of the deployment are as they must be",
            "riffle doctor -o json",
            context -> Json.answer(context, DoctorJson.of(desk.examine().findings()))));
  }

  private void show(Context context) throws InterruptedException {
    DoctorDesk.Examined examined = desk.examine();
    TableOf table = new TableOf("Findings", "Part", "Verdict", "What is so", "What to do");
    for (Finding finding : examined.findings()) {
      table.row(
          finding.part(), verdict(finding.verdict()), finding.text(), finding.advice().orElse(""));
    }
    Node content = div(p(verdict(Doctor.verdict(examined.findings()))), table.node());
    frame.show(context, View.live("Doctor", Nav.DOCTOR, examined.at(), EVERY, content));
  }

  private static Node verdict(Verdict verdict) {
    Badges.Kind kind =
        switch (verdict.name()) {
          case "OK" -> Badges.Kind.GOOD;
          case "WARN" -> Badges.Kind.WARN;
          default -> Badges.Kind.BAD;
        };
    return Badges.state(verdict.name(), kind);
  }
}
