package io.riffle.console.files;

import static io.riffle.console.html.Html.a;
import static io.riffle.console.html.Html.cls;
import static io.riffle.console.html.Html.div;
import static io.riffle.console.html.Html.element;
import static io.riffle.console.html.Html.h2;
import static io.riffle.console.html.Html.p;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.access.Gate;
import io.riffle.console.access.RefusedException;
import io.riffle.console.access.Role;
import io.riffle.console.html.Html;
import io.riffle.console.html.Node;
import io.riffle.console.html.TableOf;
import io.riffle.console.page.Ask;
import io.riffle.console.page.Facts;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Nav;
import io.riffle.console.page.Progress;
import io.riffle.console.page.Refusals;
import io.riffle.console.page.View;
import io.riffle.console.page.Words;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.ledger.Ordered;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One data set, or one file of it. */
public final class FilePage {
  private static final int MOST = 1_000;
  private static final int UNLISTED = 100;
  private static final int NOT_FOUND = 404;

  private final Ledger ledger;
  private final FileDesk desk;
  private final Frame frame;
  private final Clock clock;

  public FilePage(Ledger ledger, FileDesk desk, Frame frame, Clock clock) {
    this.ledger = ledger;
    this.desk = desk;
    this.frame = frame;
    this.clock = clock;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/files/show", this::show, Role.VIEWER);
    routes.post("/files/skip", this::skip, Role.OPERATOR);
    routes.post("/files/retry", this::retry, Role.OPERATOR);
  }

  private void skip(Context context) throws SQLException, InterruptedException {
    Ask ask = new Ask(context);
    order(
        context,
        key -> desk.skip(key, ask.neededOfForm("reason"), Gate.visitor(context), false),
        "Skipped: ");
  }

  private void retry(Context context) throws SQLException, InterruptedException {
    order(context, key -> desk.retry(key, Gate.visitor(context), false), "Taken up again: ");
  }

  private interface Order {
    Ordered give(String key) throws SQLException, InterruptedException;
  }

  private void order(Context context, Order order, String done)
      throws SQLException, InterruptedException {
    Ask ask = new Ask(context);
    String key = ask.neededOfForm("key");
    try {
      tell(context, key, order.give(key), done);
    } catch (RefusedException e) {
      if (e.status() == NOT_FOUND) {
        throw e; // there is no page to show it on
      }
      frame.refuse(context, e, address(key));
      show(context, key, ask.formText("reason").orElse(""));
    }
  }

  private void tell(Context context, String key, Ordered ordered, String done) {
    String refused =
        Refusals.of(ordered.refused().stream().map(one -> one.refusal().orElse("")).toList());
    frame.tell(
        context,
        ordered.isAll(),
        done + Words.count(ordered.done().size(), "file") + refused,
        address(key));
  }

  private static String address(String key) {
    return "/files/show?key=" + Html.encoded(key);
  }

  private void show(Context context) throws SQLException {
    show(context, new Ask(context).needed("key"), "");
  }

  /**
   * @param reason for skipping, as somebody typed it before
   */
  private void show(Context context, String key, String reason) throws SQLException {
    List<FileStatus> files = ledger.files(Optional.of(key), MOST);
    if (files.isEmpty()) {
      throw new RefusedException(NOT_FOUND, "The ledger has no such file.");
    }
    boolean one = files.size() == 1;
    Node content =
        div(
            p(
                cls("up"),
                a("/files", "All files"),
                one ? List.of(" · ", FileCells.link(files.get(0).manifest(), "its data set")) : ""),
            one ? file(files.get(0)) : FilesPage.table(files),
            FileActions.of(key, files, reason, Gate.visitor(context)),
            FilesPage.unlisted(ledger.unlisted(Optional.of(key), UNLISTED)));
    String title = one ? files.get(0).file().orElse(key) : key;
    frame.show(context, View.live(title, Nav.FILES, clock.instant(), FilesPage.EVERY, content));
  }

  private static Node file(FileStatus file) {
    return div(
        new Facts()
            .add("State", FileCells.state(file))
            .add("Type", file.type())
            .add("Data set", element("code", file.manifest()))
            .add("Key", element("code", file.key()))
            .add("Why", FileCells.why(file))
            .node(),
        file.totals().map(totals -> totals(file, totals)),
        rejects(file));
  }

  private static Node totals(FileStatus file, Totals totals) {
    return div(
        h2("Load " + totals.attempt()),
        file.moving()
            ? p(
                Progress.of(totals.done(), totals.records()),
                " · " + FilesPage.rate(file, totals) + " records/s",
                totals.left().map(left -> " · " + Words.duration(left) + " left").orElse(""))
            : "",
        new Facts()
            .add("Lines", Words.number(totals.lines()))
            .add("Records", Words.number(totals.records()))
            .add("Stored", Words.number(totals.done()))
            .add("Applied", Words.number(totals.applied()))
            .add("Older", Words.number(totals.older()))
            .add("Duplicate", Words.number(totals.duplicate()))
            .add("Parked", Words.number(totals.parked()))
            .add("Rejected", Words.number(totals.rejected()))
            .add("Redriven", Words.number(totals.redriven()))
            .add("Repeated keys", Words.number(totals.repeatedKeys()))
            .add("Took", Words.duration(Duration.ofMillis(Math.round(totals.seconds() * 1000))))
            .add("Records/s", FilesPage.rate(file, totals))
            .node());
  }

  private static Node rejects(FileStatus file) {
    if (file.rejects().isEmpty()) {
      return Html.none();
    }
    TableOf table = new TableOf("Rejected records", "#Line", "Column", "Reason", "Status");
    file.rejects()
        .forEach(
            reject ->
                table.row(
                    reject.line() > 0 ? Words.number(reject.line()) : Words.NONE,
                    reject.column().orElse(Words.NONE),
                    reject.reason(),
                    reject.status()));
    return div(
        table.node(), p(a("/rejects?file=" + Html.encoded(file.key()), "All rejects of the file")));
  }
}
