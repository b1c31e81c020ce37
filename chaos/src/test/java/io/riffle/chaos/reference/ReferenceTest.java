package io.riffle.chaos.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Column.MonthCell;
import io.riffle.schemas.layout.EmptyRule;
import io.riffle.schemas.layout.History;
import io.riffle.schemas.layout.Kind;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Level;
import io.riffle.schemas.layout.Lines;
import io.riffle.schemas.layout.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The merge rule, case by case, on small layouts. */
class ReferenceTest {

  private static final String CLAIM = "DML_IND|ID|A|B|N|L\n";

  @TempDir Path folder;
  private final Reference claims = new Reference(claims(), Hashing.USUAL);
  private final Reference persons = new Reference(persons(), Hashing.USUAL);
  private int files;

  @Test
  void valuesAreSpelledAsPostgresShowsThem() throws Exception {
    put(claims, "\uFEFFDML_IND|ID|A|B|D|N|L\nINSERT|-007||1.5|01-MAR-2015|1|x\n", false);
    put(claims, "DML_IND|ID|A|B|D|N|L\nUPDATE|8| |007|29-feb-2016|1| ", false);

    assertThat(rows(claims, "claims"))
        .containsExactly("-7  1.50 2015-03-01", "8   7.00 2016-02-29");
    assertThat(rows(claims, "lines")).containsExactly("-7 1 x", "8 1  ");
  }

  @Test
  void whatIsNotSentStaysAndWhatIsSentEmptyBecomesNull() throws Exception {
    put(
        claims,
        "DML_IND|ID|A|B|D|N|L\nINSERT|1|a|1|20150301|1|x\nINSERT|2|b|2|20150301|1|y",
        false);
    put(claims, "ID|B\n1|\n2|9.99", true);
    put(claims, "DML_IND|ID|A|N|L\nUPDATE|2|c|1|z", false);

    assertThat(rows(claims, "claims"))
        .containsExactly("1 a null 2015-03-01", "2 c 9.99 2015-03-01");
  }

  @Test
  void aDeleteForgetsAllAndAPatchAloneIsNoRow() throws Exception {
    put(claims, CLAIM + "INSERT|1|a|1|1|x\nINSERT|2|b|2|1|x", false);
    put(claims, CLAIM + "DELETE|1||||\nDELETE|2||||", false);
    put(claims, "ID|B\n1|5\n3|6", true);
    put(claims, "DML_IND|ID|A|N|L\nINSERT|1|n|1|x", false);

    assertThat(claims.keys()).containsExactly("1");
    assertThat(rows(claims, "claims")).containsExactly("1 n 5.00 null");
  }

  @Test
  void linesAreThoseOfTheNewestRecordAndAPatchWaitsForItsLine() throws Exception {
    put(claims, CLAIM + "INSERT|1|a|1|1|x\nINSERT|1|a|1|2|y", false);
    put(claims, CLAIM + "UPDATE|1|a|1|1|z", false);
    put(claims, "ID|N|L\n1|2|late\n1|1|patched", true);
    assertThat(rows(claims, "lines")).containsExactly("1 1 patched");

    put(claims, "DML_IND|ID|A|N\nUPDATE|1|a|2\nUPDATE|1|a|3", false);
    assertThat(rows(claims, "lines")).containsExactly("1 2 late", "1 3 null");
  }

  @Test
  void yearsDoNotTouchEachOtherAndTheRowShowsTheNewestOne() throws Exception {
    put(persons, "DML_IND|ID|A|Y|JAN|FEB\nINSERT|1|a|2020|j20|", false);
    put(persons, "DML_IND|ID|A|Y|JAN|FEB\nUPDATE|1|a|2021||f21", false);
    put(persons, "ID|Y|JAN\n1|2020|p20\n1|2019|p19\n2|2019|q", true);

    assertThat(rows(persons, "persons")).containsExactly("1 a 2021 null f21");
    assertThat(rows(persons, "months"))
        .containsExactly("1 2019-01-01 p19", "1 2020-01-01 p20", "1 2021-02-01 f21");

    put(persons, "DML_IND|ID|A|Y|JAN|FEB\nUPDATE|1|a||j|", false);
    assertThat(rows(persons, "persons")).containsExactly("1 a null j null");
    assertThat(rows(persons, "months")).hasSize(3);
  }

  @Test
  void anIdentityThatAnotherOneFollowedIsHistory() throws Exception {
    for (String name : List.of("a", "a", "b", "a", "a")) {
      put(persons, "DML_IND|ID|A|Y|JAN|FEB\nUPDATE|1|" + name + "|2020||", false);
    }
    assertThat(rows(persons, "former")).containsExactly("1 a", "1 b");

    put(persons, "DML_IND|ID|A|Y|JAN|FEB\nDELETE|1||||", false);
    assertThat(rows(persons, "former")).isEmpty();
  }

  private void put(Reference reference, String text, boolean merge) throws IOException {
    reference.add(Files.writeString(folder.resolve("file" + files++), text), merge);
  }

  /** Values in the order of the columns' names here: the key first, then as declared. */
  private static List<String> rows(Reference reference, String table) {
    Rows rows =
        reference.tables().stream().filter(t -> t.table().equals(table)).findFirst().orElseThrow();
    List<String> order =
        List.of("id", "a", "b", "d", "n", "l", "year_month", "month", "y", "jan", "feb").stream()
            .filter(rows.columns()::contains)
            .toList();
    List<String> texts = new ArrayList<>();
    for (List<String> row : rows.byKey().values()) {
      texts.add(
          String.join(
              " ",
              order.stream()
                  .map(c -> String.valueOf(row.get(rows.columns().indexOf(c))))
                  .toList()));
    }
    return texts;
  }

  private static Layout claims() {
    return new Layout(
        "T",
        "",
        2,
        "claims",
        Optional.of("lines"),
        List.of(
            action(),
            column("ID", 1, Level.HEADER, Kind.LONG, true, Role.KEY),
            column("A", 2, Level.HEADER, Kind.STRING, true, Role.NONE),
            column("B", 3, Level.HEADER, Kind.DECIMAL, false, Role.NONE),
            column("D", 4, Level.HEADER, Kind.DATE, false, Role.NONE),
            column("N", 5, Level.LINE, Kind.INT, true, Role.LINE_KEY),
            column("L", 6, Level.LINE, Kind.STRING, false, Role.NONE)));
  }

  private static Layout persons() {
    Column name = column("A", 2, Level.HEADER, Kind.STRING, true, Role.NONE);
    return new Layout(
        "P",
        "",
        2,
        "persons",
        Lines.YEARS,
        Optional.of("months"),
        Optional.of(new History("former", List.of(name), List.of())),
        Optional.empty(),
        List.of(
            action(),
            column("ID", 1, Level.HEADER, Kind.LONG, true, Role.KEY),
            name,
            column("Y", 3, Level.HEADER, Kind.INT, false, Role.LINE_KEY),
            month("JAN", 4, 1),
            month("FEB", 5, 2)));
  }

  private static Column action() {
    return new Column(
        "DML_IND", 0, Level.HEADER, Kind.ACTION, 0, 0, 0, true, EmptyRule.ERROR, Role.NONE, 1, "");
  }

  private static Column column(
      String name, int ordinal, Level level, Kind kind, boolean required, Role role) {
    EmptyRule empty =
        required ? kind == Kind.STRING ? EmptyRule.TEXT : EmptyRule.ERROR : EmptyRule.NULL;
    int precision = kind == Kind.DECIMAL ? 6 : 0;
    return new Column(
        name, ordinal, level, kind, 9, precision, precision / 3, required, empty, role, 1, "");
  }

  private static Column month(String name, int ordinal, int month) {
    return new Column(
        name,
        name,
        ordinal,
        Level.LINE,
        Kind.STRING,
        9,
        0,
        0,
        false,
        EmptyRule.NULL,
        Role.NONE,
        1,
        true,
        Optional.of(new MonthCell(month, "month")),
        "");
  }
}
