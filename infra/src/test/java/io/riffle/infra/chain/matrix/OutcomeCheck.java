package io.riffle.infra.chain.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.infra.chain.Chain;
import io.riffle.infra.chain.matrix.Expected.Counts;
import io.riffle.infra.chain.matrix.Expected.Query;
import io.riffle.infra.chain.matrix.Expected.Stored;
import io.riffle.operations.ledger.FileStatus;
import io.riffle.operations.ledger.FileStatus.Totals;
import io.riffle.schemas.layout.Layout;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds what a data set has come to against what is expected of it. */
final class OutcomeCheck {

  private static final Pattern KEY = Pattern.compile("\\$\\{key:(\\d)}");

  private final Chain chain;
  private final TestSet set;
  private final Expected expected;
  private final Layout layout;

  OutcomeCheck(Chain chain, TestSet set) {
    this.chain = chain;
    this.set = set;
    this.expected = set.step().expected();
    this.layout = Chain.LAYOUTS.get(set.step().types().get(0).replaceFirst("_MERGE$", ""));
  }

  /** Whether there is nothing more to wait for. */
  static boolean isReached(Expected expected, List<FileStatus> files) {
    FileStatus first = files.get(0);
    String detail = first.detail().orElse("");
    return files.stream().noneMatch(FileStatus::moving)
        && first.state().equals(expected.state())
        && first.reason().equals(expected.reason())
        && expected.detail().stream().allMatch(detail::contains);
  }

  /** What can be told when the set is over. */
  void check(List<FileStatus> files) throws SQLException {
    assertThat(files).as("manifests and files in the ledger").isNotNull();
    FileStatus file = files.get(0);
    assertThat(file.state()).as(file.toString()).isEqualTo(expected.state());
    assertThat(file.reason()).isEqualTo(expected.reason());
    assertThat(file.file().isEmpty()).as("refused as a whole").isEqualTo(expected.manifestOnly());
    String detail = file.detail().orElse("");
    expected.detail().forEach(part -> assertThat(detail).contains(part));
    if (!expected.state().startsWith("COMPLETED")) {
      assertThat(file.detail()).as("says what is wrong").isPresent();
    }
    assertThat(rejects(file)).isEqualTo(expected.rejects());
    expected.hides().forEach(hidden -> assertThat(file.toString()).doesNotContain(hidden));
    expected.counts().ifPresent(counts -> checkTotals(counts, file.totals().orElseThrow()));
    checkKept(file);
  }

  private List<String> rejects(FileStatus file) {
    boolean anyLine = expected.rejects().stream().anyMatch(text -> text.contains("#"));
    return file.rejects().stream()
        .map(reject -> reject.toString().substring(2))
        .map(text -> anyLine ? text.replaceFirst("\\d+", "#") : text)
        .toList();
  }

  private static void checkTotals(Counts counts, Totals totals) {
    assertThat(totals.problem()).isEmpty();
    assertThat(
            new Counts(
                totals.records(),
                totals.applied(),
                totals.older(),
                totals.duplicate(),
                totals.parked(),
                totals.rejected(),
                totals.repeatedKeys()))
        .isEqualTo(counts);
  }

  /** What the producer rejects is kept as it came, apart. */
  private void checkKept(FileStatus file) throws SQLException {
    if (file.rejects().isEmpty() || set.step().name().isPresent()) {
      return;
    }
    byte[] bytes = set.objects().get(file.file().orElseThrow()).bytes();
    assertThat(kept())
        .as("records that are kept as they came")
        .hasSize(file.rejects().size())
        .allMatch(new String(bytes, ISO_8859_1)::contains);
  }

  /** Each at most 1 MiB; the file that they are of may be a hundred times as large. */
  private List<String> kept() throws SQLException {
    String raw =
        chain.text(
            "SELECT coalesce(string_agg(encode(w.raw, 'hex'), ' '), '') FROM riffle.rejects_raw w"
                + " JOIN riffle.rejects r USING (reject_id) JOIN riffle.files f USING (file_id)"
                + " WHERE length(w.raw) > 0 AND starts_with(f.s3_key, '"
                + set.folder()
                + "')");
    return Arrays.stream(raw.split(" ", -1))
        .filter(hex -> !hex.isEmpty())
        .map(hex -> new String(HexFormat.of().parseHex(hex), ISO_8859_1))
        .toList();
  }

  /** What the tables hold, once all sets of the case are through. */
  void checkTables() throws SQLException {
    assertThat(chain.number("SELECT count(*) FROM " + table() + " WHERE " + ownKeys()))
        .as("rows of the set's keys")
        .isEqualTo(expected.keys());
    for (Stored stored : expected.stored()) {
      check(stored);
    }
    for (Query query : expected.queries()) {
      assertThat(chain.number(filled(query.sql()))).as(query.sql()).isEqualTo(query.is());
    }
  }

  private void check(Stored stored) throws SQLException {
    long key = stored.key().orElseGet(() -> set.key(stored.record()));
    String where = " WHERE " + layout.key().sqlName() + " = " + key;
    assertThat(chain.number("SELECT count(*) FROM " + table() + where)).isEqualTo(1);
    assertThat(
            Optional.ofNullable(
                chain.text("SELECT " + stored.column() + "::text FROM " + table() + where)))
        .as(stored.column())
        .isEqualTo(stored.is());
  }

  private String filled(String sql) {
    return KEY.matcher(sql)
        .replaceAll(match -> Long.toString(set.key(Integer.parseInt(match.group(1)))))
        .replace("${folder}", set.folder());
  }

  private String ownKeys() {
    return layout.key().sqlName()
        + " BETWEEN "
        + set.key(set.step().records())
        + " AND "
        + set.key(1);
  }

  private String table() {
    return Chain.TABLES + "." + layout.headerTable();
  }
}
