package io.riffle.cdc.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.cdc.source.TableName;
import io.riffle.testing.PostgresExtension;
import io.riffle.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a reload says of columns, which the sink takes for their types. */
@ExtendWith(PostgresExtension.class)
class ReloadColumnsTest {
  private static final TableName TABLE = new TableName("app", "log");
  private final TestPostgres source;

  ReloadColumnsTest(TestPostgres server) {
    source = server.another();
    source.execute("CREATE SCHEMA app; CREATE EXTENSION hstore");
  }

  private List<ReloadColumn> columns(String definitions) throws SQLException {
    source.execute("CREATE TABLE app.log (" + definitions + ")");
    try (Connection connection = source.connect()) {
      return ReloadColumns.read(connection, TABLE);
    }
  }

  @Test
  void typesHaveTheirLengths() throws SQLException {
    List<ReloadColumn> columns =
        columns(
            "a bit(3), b bit varying(5), c bit varying, d char(3)[], e bpchar, f varchar(9)[],"
                + " g numeric(8,2)[], h numeric(3,-2), i numeric, j bit, k text");

    assertThat(columns.stream().map(column -> column.type() + " " + column.length()))
        .containsExactly(
            "BIT 3",
            "VARBIT 5",
            "VARBIT 2147483647",
            "_BPCHAR 3",
            "BPCHAR 2147483647",
            "_VARCHAR 9",
            "_NUMERIC 8",
            "NUMERIC 3",
            "NUMERIC 0",
            "BIT 1",
            "TEXT 2147483647");
    assertThat(columns.get(6).scale()).contains(2);
    assertThat(columns.get(7).scale()).contains(-2);
    assertThat(columns.get(8).scale()).isEmpty();
  }

  /** What money looks like depends on the server; maps come as JSON, as they do from Debezium. */
  @Test
  void textsAreThoseThatTheTypeInStagingReads() throws SQLException {
    List<ReloadColumn> columns = columns("m money, ms money[], h hstore, t text");
    source.execute("INSERT INTO app.log VALUES (-1234.5, '{1,NULL}', 'a=>NULL, b=>x', 'text')");

    assertThat(read(columns))
        .containsExactly("-1234.50", "{1.00,NULL}", "{\"a\": null, \"b\": \"x\"}", "text");
  }

  private List<String> read(List<ReloadColumn> columns) throws SQLException {
    String list =
        columns.stream()
            .map(column -> "(" + column.sql() + ")::text")
            .collect(Collectors.joining(", "));
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + list + " FROM app.log")) {
      row.next();
      List<String> texts = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        texts.add(row.getString(i));
      }
      return texts;
    }
  }

  @Test
  void enumsAreEnums() throws SQLException {
    source.execute("CREATE TYPE app.mood AS ENUM ('sad', 'ok')");
    List<ReloadColumn> columns = columns("m app.mood, ms app.mood[], t text");

    Schema row = new ReloadSchemas("main.cdc.qvp", TABLE, columns).row();

    for (String name : List.of("m", "ms")) {
      Schema column = row.getField(name).schema().getTypes().get(1);
      assertThat(column.getProp("connect.name")).isEqualTo("io.debezium.data.Enum");
      assertThat(column.getObjectProp("connect.parameters").toString()).contains("sad,ok");
    }
    assertThat(row.getField("t").schema().getTypes().get(1).getProp("connect.name")).isNull();
  }
}
