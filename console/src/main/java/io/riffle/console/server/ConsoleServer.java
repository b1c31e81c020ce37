package io.riffle.console.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.riffle.console.ConsoleConfig;
import io.riffle.console.ConsoleConfig.Transport;
import io.riffle.console.access.Gate;
import io.riffle.console.access.Role;
import io.riffle.console.access.Sessions;
import io.riffle.console.access.SignIn;
import io.riffle.console.access.UsersFile;
import io.riffle.console.activity.ActivityApi;
import io.riffle.console.activity.ActivityPage;
import io.riffle.console.activity.Journal;
import io.riffle.console.api.Api;
import io.riffle.console.api.ApiRoute;
import io.riffle.console.cdc.CdcApi;
import io.riffle.console.cdc.CdcDesk;
import io.riffle.console.cdc.CdcPage;
import io.riffle.console.doctor.DoctorDesk;
import io.riffle.console.doctor.DoctorPage;
import io.riffle.console.files.FileDesk;
import io.riffle.console.files.FilePage;
import io.riffle.console.files.FilesApi;
import io.riffle.console.files.FilesPage;
import io.riffle.console.history.HistoryKeeper;
import io.riffle.console.lag.LagApi;
import io.riffle.console.lag.LagPage;
import io.riffle.console.lag.LagWatch;
import io.riffle.console.metrics.ConsoleMetrics;
import io.riffle.console.oidc.Oidc;
import io.riffle.console.oidc.OidcPages;
import io.riffle.console.overview.OverviewPage;
import io.riffle.console.overview.OverviewWatch;
import io.riffle.console.page.Frame;
import io.riffle.console.page.Statics;
import io.riffle.console.record.RecordApi;
import io.riffle.console.record.RecordDesk;
import io.riffle.console.record.RecordPage;
import io.riffle.console.rejects.RejectDesk;
import io.riffle.console.rejects.RejectOrders;
import io.riffle.console.rejects.RejectPage;
import io.riffle.console.rejects.RejectsApi;
import io.riffle.console.rejects.RejectsPage;
import io.riffle.console.replay.ReplayDesk;
import io.riffle.console.replay.ReplayPage;
import io.riffle.console.replay.ReplaysApi;
import io.riffle.console.replay.ReplaysPage;
import io.riffle.console.runbook.RunbookPage;
import io.riffle.metrics.Meters;
import io.riffle.metrics.MetricsServer;
import io.riffle.operations.activity.Activities;
import io.riffle.operations.ledger.FileOrders;
import io.riffle.operations.ledger.Ledger;
import io.riffle.operations.rejects.RejectLedger;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console as it answers; closed, it answers no more. */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int CONNECTIONS = 8;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MOST_BODY = 64 * 1024;

  private final Parts parts;
  private final Javalin http;

  private ConsoleServer(Parts parts, Javalin http) {
    this.parts = parts;
    this.http = http;
  }

  /** What pages, programs' routes and series are made of. */
  private record Parts(
      HikariDataSource database,
      LagWatch lag,
      OverviewWatch overview,
      Ledger ledger,
      FileDesk files,
      RejectDesk rejects,
      ReplayDesk replays,
      RecordDesk record,
      CdcDesk cdc,
      DoctorDesk doctor,
      Activities activities,
      Meters meters,
      ConsoleMetrics series,
      HistoryKeeper history,
      Optional<MetricsServer> metrics)
      implements AutoCloseable {

    static Parts open(ConsoleConfig config, Clock clock) {
      Endpoints endpoints = config.endpoints();
      HikariDataSource database = pool(endpoints);
      LagWatch lag = new LagWatch(endpoints, groups(config), config.lagEvery());
      OverviewWatch overview = new OverviewWatch(endpoints, lag, config.targets());
      Ledger ledger = new Ledger(database, Endpoints.TABLES_SCHEMA);
      RejectLedger rejects = new RejectLedger(database, Endpoints.TABLES_SCHEMA);
      Activities activities = new Activities(database);
      Journal journal = new Journal(activities);
      Meters meters = Meters.open();
      RecordDesk record = new RecordDesk(endpoints, journal);
      return new Parts(
          database,
          lag,
          overview,
          ledger,
          new FileDesk(new FileOrders(database, Endpoints.TABLES_SCHEMA), record.types(), journal),
          new RejectDesk(rejects, journal),
          new ReplayDesk(endpoints, database, journal),
          record,
          new CdcDesk(database, journal),
          new DoctorDesk(endpoints, clock),
          activities,
          meters,
          new ConsoleMetrics(meters, lag, ledger, rejects, clock),
          new HistoryKeeper(config.history(), List.of(lag.series(), overview), clock),
          config.metrics().listen().map(listen -> MetricsServer.start(meters, listen)));
    }

    @Override
    public void close() {
      series.close();
      metrics.ifPresent(MetricsServer::close);
      replays.close();
      overview.close();
      lag.close();
      history.close();
      database.close();
      meters.close();
    }
  }

  /** Begins to answer. */
  public static ConsoleServer start(ConsoleConfig config) {
    Clock clock = Clock.systemUTC();
    Parts parts = Parts.open(config, clock);
    Javalin http = Javalin.create(javalin -> new Assembly(config, parts, clock).make(javalin));
    try {
      http.start(config.listen().getHostString(), config.listen().getPort());
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
    parts.history().start();
    parts.lag().start();
    parts.overview().start();
    parts.series().start();
    log.atInfo().addKeyValue("port", http.port()).log("console is there");
    return new ConsoleServer(parts, http);
  }

  private static Predicate<String> groups(ConsoleConfig config) {
    return config.lagAll() ? name -> true : new Topics(config.endpoints().set().text())::isGroup;
  }

  /** Bounded, and with nothing of a row in its errors. */
  private static HikariDataSource pool(Endpoints endpoints) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(endpoints.jdbcUrl());
    config.setUsername(endpoints.postgresUser());
    config.setPassword(endpoints.postgresPassword());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(-1); // it comes up before its database
    config.setPoolName("console");
    config.addDataSourceProperty("ApplicationName", "riffle-console");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "60");
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(config);
  }

  /** What answers what. */
  private record Assembly(ConsoleConfig config, Parts parts, Clock clock) {

    void make(JavalinConfig javalin) {
      javalin.startup.showJavalinBanner = false;
      javalin.startup.showOldJavalinVersionWarning = false;
      javalin.http.maxRequestSize = MOST_BODY;
      javalin.http.prefer405over404 = true;
      javalin.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
      if (config.transport() == Transport.TLS_PROXY) {
        javalin.contextResolver.ip = ClientAddress::behindProxy;
      }
      javalin.requestLogger.http(Assembly::log);
      routes(javalin.routes);
    }

    private void routes(RoutesConfig routes) {
      String set = config.endpoints().set().text();
      Frame frame = new Frame(set, clock);
      Journal journal = new Journal(parts.activities());
      SignIn signIn = new SignIn(new UsersFile(config.users()), clock);
      Optional<Oidc> oidc = config.oidc().map(at -> new Oidc(at, config.url(), clock));
      boolean tls = config.transport() == Transport.TLS_PROXY;
      Gate gate =
          new Gate(
              set,
              new Sessions(config.sessionLifetime(), config.sessionIdle(), clock),
              signIn,
              oidc.flatMap(Oidc::bearers),
              tls,
              clock);
      Optional<OidcPages> provider =
          oidc.map(at -> new OidcPages(set, at, gate, journal, frame, tls, clock));
      routes.before(Headers::set);
      routes.beforeMatched(gate::check);
      routes.get("/static/{name}", Statics::serve, Role.ANYBODY);
      routes.get("/health", context -> context.result("ok"), Role.ANYBODY);
      new Problems(frame).addTo(routes);
      new SignInPage(gate, signIn, journal, frame, config.users().isPresent(), provider)
          .addTo(routes);
      provider.ifPresent(sign -> sign.addTo(routes));
      OverviewPage overview = new OverviewPage(parts.overview(), frame);
      DoctorPage doctor = new DoctorPage(parts.doctor(), frame);
      overview.addTo(routes);
      doctor.addTo(routes);
      pages(routes, frame);
      new Api(api(overview, doctor), gate.takesTokens()).addTo(routes);
    }

    private void pages(RoutesConfig routes, Frame frame) {
      new LagPage(parts.lag(), frame).addTo(routes);
      new FilesPage(parts.ledger(), frame, clock).addTo(routes);
      new FilePage(parts.ledger(), parts.files(), frame, clock).addTo(routes);
      RejectsPage rejects = new RejectsPage(parts.rejects(), frame, clock);
      RejectPage reject = new RejectPage(parts.rejects(), frame, clock);
      rejects.addTo(routes);
      reject.addTo(routes);
      new RejectOrders(parts.rejects(), rejects, reject, frame, clock).addTo(routes);
      new ReplaysPage(parts.replays(), parts.record().types(), frame, clock).addTo(routes);
      new ReplayPage(parts.replays(), frame, clock).addTo(routes);
      new RecordPage(parts.record(), frame, clock).addTo(routes);
      new CdcPage(parts.cdc(), frame, clock).addTo(routes);
      new RunbookPage(frame).addTo(routes);
      new ActivityPage(parts.activities(), frame, clock).addTo(routes);
    }

    private List<ApiRoute> api(OverviewPage overview, DoctorPage doctor) {
      List<ApiRoute> api = new ArrayList<>(overview.api());
      api.addAll(new LagApi(parts.lag()).routes());
      api.addAll(new FilesApi(parts.ledger(), parts.files()).routes());
      api.addAll(new RejectsApi(parts.rejects(), clock).routes());
      api.addAll(new ReplaysApi(parts.replays()).routes());
      api.addAll(new RecordApi(parts.record()).routes());
      api.addAll(new CdcApi(parts.cdc()).routes());
      api.addAll(doctor.api());
      api.addAll(new ActivityApi(parts.activities()).routes());
      return api;
    }

    /** Routes, not addresses: those may name files. */
    private static void log(Context context, Float millis) {
      boolean read = context.method().name().equals("GET");
      (read ? log.atDebug() : log.atInfo())
          .addKeyValue("method", context.method().name())
          .addKeyValue("route", Problems.route(context))
          .addKeyValue("status", context.statusCode())
          .addKeyValue("millis", Math.round(millis))
          .log("answered");
    }
  }

  /** Where it listens. */
  public int port() {
    return http.port();
  }

  /** All that is answered, such as {@code GET /lag}: what the router has, in its order. */
  public List<String> routes() {
    return http.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  /** What it knows of lags. */
  public LagWatch lag() {
    return parts.lag();
  }

  /** What it knows of pipelines. */
  public OverviewWatch overview() {
    return parts.overview();
  }

  /** What it tells Prometheus. */
  public Meters meters() {
    return parts.meters();
  }

  @Override
  public void close() {
    http.stop();
    parts.close();
  }
}
