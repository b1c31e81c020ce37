package io.riffle.infra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.operations.client.PostgresClient;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.ddl.MigrationProposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle schema propose}. */
@Command(name = "schema", description = "The tables of record and the layouts.")
final class SchemaCommand {
  @ParentCommand private Riffle riffle;

  /**
   * Like diff: 0 when nothing differs, 1 when something does; problems go to stderr too, so that
   * they are seen when the SQL goes to a file.
   */
  @Command(
      name = "propose",
      description = {
        "Compare the layouts with the tables of the set's database, and print the migration that adds",
        "what is missing. Exit code 1 when something differs."
      })
  int propose(
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Write the migration there, if anything differs")
          Path out)
      throws SQLException, IOException {
    MigrationProposal proposal = proposal();
    proposal.problems().forEach(problem -> System.err.println("riffle: " + problem));
    if (riffle.options().json()) {
      System.out.println(new ObjectMapper().valueToTree(proposal));
    } else if (proposal.isEmpty()) {
      System.err.println("The tables are what the layouts say.");
    } else if (out == null) {
      System.out.print(proposal.sql());
    }
    if (out != null && !proposal.isEmpty()) {
      Files.writeString(out, proposal.sql());
    }
    return proposal.isEmpty() ? Riffle.OK : Riffle.NOT_OK;
  }

  private MigrationProposal proposal() throws SQLException {
    Endpoints endpoints = riffle.options().stack().endpoints();
    try (Connection database = PostgresClient.target(endpoints)) {
      return MigrationProposal.between(
          riffle.options().layouts(), database, Endpoints.TABLES_SCHEMA);
    }
  }
}
