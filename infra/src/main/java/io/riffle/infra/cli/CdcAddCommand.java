package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.cdc.ledger.Sources;
import io.riffle.cdc.obfuscate.RuleException;
import io.riffle.cdc.rules.SourceRules;
import io.riffle.cdc.source.Inspection;
import io.riffle.cdc.source.SecretFolder;
import io.riffle.cdc.source.SourceCheck;
import io.riffle.cdc.source.SourceDatabase;
import io.riffle.cdc.source.SourceNames;
import io.riffle.cdc.source.SourceSpec;
import io.riffle.cdc.source.SourceUrl;
import io.riffle.cdc.source.TableName;
import io.riffle.config.ConfigException;
import io.riffle.config.Secret;
import io.riffle.failure.SqlFailures;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code riffle cdc add}. */
@Command(
    name = "add",
    description =
        "Capture tables of a database. It is looked at first: what is in the way is said at once,"
            + " and nothing is made then.")
final class CdcAddCommand implements Callable<Integer> {
  @ParentCommand private CdcCommand cdc;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Its name here: up to 16 of a-z, 0-9 and single _ within, a letter first")
  private String name;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "jdbc:postgresql://host:port/database, without user and password")
  private String url;

  @Option(names = "--user", required = true, paramLabel = "NAME", description = "Who reads it")
  private String user;

  @Option(
      names = "--tables",
      required = true,
      split = ",",
      paramLabel = "TABLE",
      description = "schema.table or schema.*, comma-separated")
  private List<String> tables;

  @ArgGroup(multiplicity = "1")
  private Password password;

  @Option(
      names = "--chunk-rows",
      defaultValue = "10240",
      paramLabel = "N",
      description = "Rows that a snapshot reads at a time (default: ${DEFAULT-VALUE})")
  private int chunkRows;

  @Option(
      names = "--reload-interval",
      defaultValue = "1h",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How often tables without a key are read again (default: ${DEFAULT-VALUE})")
  private Duration reload;

  @Option(
      names = "--obfuscate",
      paramLabel = "RULES",
      description =
          "Hide columns by the rules of this file; what is sensitive and has no rule refuses the"
              + " source")
  private Path rules;

  @Mixin private OperatorName operator = new OperatorName();

  private SourceRules completed;

  /** Never an argument: those are in the list of processes. */
  static final class Password {
    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "A file with the password; a line break at its end is left out")
    private Path file;

    @Option(
        names = "--password-env",
        paramLabel = "VARIABLE",
        description = "A variable of this command's environment with the password")
    private String variable;
  }

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    SourceSpec wanted = wanted();
    Secret secret = secret();
    Inspection found =
        cdc.notes(operator.name())
            .act(
                "CDC_ADD",
                name + ": " + String.join(" ", tables),
                Optional.empty(),
                () -> lookAndAdd(wanted, secret),
                CdcAddCommand::outcome);
    System.out.println(cdc.options().json() ? json(found) : text(found));
    return found.problems().isEmpty() ? Riffle.OK : Riffle.NOT_OK;
  }

  private static String outcome(Inspection found) {
    int problems = found.problems().size();
    return problems == 0
        ? found.tables().size() + " tables are captured"
        : "not added, " + problems + " problems";
  }

  private Inspection lookAndAdd(SourceSpec wanted, Secret secret) throws SQLException, IOException {
    Inspection found = inspect(wanted, secret);
    if (found.problems().isEmpty() && rules != null) {
      found = withRules(found, wanted, secret);
    }
    if (found.problems().isEmpty()) {
      add(wanted, secret);
    }
    return found;
  }

  private SourceSpec wanted() {
    try {
      return new SourceSpec(
          name,
          SourceUrl.parse(url),
          user,
          SecretFolder.placeOf(name),
          tables.stream().map(TableName::parse).toList(),
          chunkRows,
          reload);
    } catch (ConfigException e) {
      throw new ParameterException(spec.commandLine(), e.problems().get(0).toString());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Secret secret() throws IOException {
    String text = password.file != null ? read(password.file) : System.getenv(password.variable);
    if (text == null || text.isEmpty()) {
      throw new StackException("the password is empty, or the variable is not set");
    }
    return Secret.of(text);
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file).stripTrailing();
    } catch (NoSuchFileException e) {
      throw new StackException("there is no password file " + file);
    } catch (AccessDeniedException e) {
      throw new StackException("the password file " + file + " may not be read");
    }
  }

  private Inspection inspect(SourceSpec wanted, Secret secret) {
    SourceNames names = new SourceNames(cdc.options().set().text(), name);
    try (Connection source = new SourceDatabase(wanted.url(), user, secret).open()) {
      return SourceCheck.run(source, names, wanted.tables());
    } catch (SQLException e) {
      return new Inspection(
          List.of(),
          List.of("the database does not answer: " + SqlFailures.of(e).text()),
          List.of());
    }
  }

  private Inspection withRules(Inspection found, SourceSpec wanted, Secret secret)
      throws SQLException, IOException {
    try (Connection source = new SourceDatabase(wanted.url(), user, secret).open()) {
      completed = SourceRules.complete(Files.readString(rules), found.tables(), source);
      return found;
    } catch (RuleException e) {
      return new Inspection(found.tables(), e.problems(), found.warnings());
    }
  }

  /** With its rules at once: not one event may pass without. */
  private void add(SourceSpec wanted, Secret secret) throws SQLException {
    try (Connection ledger = cdc.ledger()) {
      ledger.setAutoCommit(false);
      if (new Sources(ledger).find(name).isPresent()) {
        throw new StackException(
            "there is a source '" + name + "' already: riffle cdc status " + name);
      }
      cdc.secrets().write(name, secret);
      new Sources(ledger).add(wanted, false, operator.name());
      if (completed != null) {
        cdc.secrets().makeOnce(SourceRules.KEY);
        new Sources(ledger).rules(name, completed.text());
      }
      ledger.commit();
    }
  }

  private String text(Inspection found) {
    StringBuilder text = new StringBuilder();
    if (!found.problems().isEmpty()) {
      text.append(name).append(" cannot be captured:");
      found.problems().forEach(problem -> text.append("\n  ").append(problem));
      return text.toString();
    }
    text.append(name).append(": ").append(found.tables().size()).append(" tables are captured");
    found.warnings().forEach(warning -> text.append("\n  ").append(warning));
    return text.append("\nfollow it with: riffle cdc status ").append(name).toString();
  }

  private String json(Inspection found) {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("source", name).put("added", found.problems().isEmpty());
    found.problems().forEach(report.putArray("problems")::add);
    found.warnings().forEach(report.putArray("warnings")::add);
    var list = report.putArray("tables");
    found
        .tables()
        .forEach(
            table ->
                list.addObject()
                    .put("table", table.name().toString())
                    .put("key", String.join(",", table.key())));
    return report.toString();
  }
}
