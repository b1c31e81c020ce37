package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.lease.LeaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The lease as tables, or as one JSON object on one line. */
final class LeaseReport {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String NOBODY = "-";

  private final LeaseStatus status;

  LeaseReport(LeaseStatus status) {
    this.status = status;
  }

  void print(StackOptions options) {
    System.out.println(options.json() ? json(options) : table());
  }

  private String table() {
    String lease =
        new Table("HOLDER", "SINCE (UTC)", "HEARTBEAT", "TOKEN", "LENT BY")
            .row(
                status.holder().orElse(NOBODY),
                text(status.since()),
                seconds(status.heartbeatAge()) + " s ago",
                Long.toString(status.token()),
                status.lender().orElse(NOBODY))
            .toString();
    if (status.waiting().isEmpty()) {
      return lease;
    }
    Table waiting = new Table("WAITING", "SINCE (UTC)");
    status.waiting().forEach(one -> waiting.row(one.holder(), text(one.since())));
    return lease + "\n\n" + waiting;
  }

  private String json(StackOptions options) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("set", options.set().text()).put("token", status.token());
    report.put("holder", status.holder().orElse(null)).put("borrowed", status.borrowed());
    report.put("lender", status.lender().orElse(null)).put("since", status.since().toString());
    report.put("heartbeatAgeSeconds", status.heartbeatAge().toMillis() / 1000.0);
    report.put("lifetimeSeconds", status.lifetime().toMillis() / 1000.0);
    ArrayNode waiting = report.putArray("waiting");
    status
        .waiting()
        .forEach(
            one -> waiting.addObject().put("holder", one.holder()).put("since", "" + one.since()));
    return report.toString();
  }

  private static String text(Instant instant) {
    return SECONDS.format(instant);
  }

  private static String seconds(Duration age) {
    return String.format(Locale.ROOT, "%.1f", age.toMillis() / 1000.0);
  }
}
