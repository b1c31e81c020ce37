package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.AvroOutput;
import io.riffle.merge.record.MalformedException;
import io.riffle.merge.record.RowPlan;
import io.riffle.merge.record.Sparse;
import io.riffle.merge.rule.Identities;
import io.riffle.merge.rule.Identity;
import io.riffle.merge.rule.Slice;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a stored key that only persons have.
 *
 * <pre>
 * years           count, then for each year of the row, ascending: the newest FULL record's mark (0
 *                 for none, else 1 + index of the version); if there is one, count and indexes of
 *                 the columns that no record had
 * identities      count, then each that FULL records or files said, in order of their appearance
 *                 below: for each column 0 if it was not said, else 1 + length and the value
 * of FULLs        count, then for each FULL record, ascending: index of the version; of the identity
 * of files        count, then for each former identity sent, ascending: index of the version; file;
 *                 index of the identity
 * </pre>
 */
final class PersonCodec {

  private PersonCodec() {}

  /**
   * The newest FULL record of a year.
   *
   * @param never fields of the row's schema that no record had
   */
  record YearMark(Optional<Version> base, BitSet never) {}

  static void write(
      List<Sparse.OfYear> years, Identities identities, VersionTable versions, AvroOutput out) {
    out.writeUnsigned(years.size());
    for (Sparse.OfYear year : years) {
      out.writeUnsigned(versions.mark(year.base()));
      if (year.base().isPresent()) {
        StateCodec.writeIndexes(year.never(), out);
      }
    }
    Map<Identity, Integer> table = new LinkedHashMap<>();
    identities.ofFulls().values().forEach(i -> table.putIfAbsent(i, table.size()));
    identities.sent().values().forEach(row -> table.putIfAbsent(row.identity(), table.size()));
    out.writeUnsigned(table.size());
    table.keySet().forEach(identity -> write(identity, out));
    writeOfFulls(identities, table, versions, out);
    writeSent(identities, table, versions, out);
  }

  private static void write(Identity identity, AvroOutput out) {
    for (Optional<Slice> value : identity.values()) {
      out.writeUnsigned(value.map(said -> said.length() + 1).orElse(0));
      value.ifPresent(out::writeRaw);
    }
  }

  private static void writeOfFulls(
      Identities from, Map<Identity, Integer> table, VersionTable versions, AvroOutput out) {
    out.writeUnsigned(from.ofFulls().size());
    from.ofFulls()
        .forEach(
            (version, identity) ->
                out.writeUnsigned(versions.index(version)).writeUnsigned(table.get(identity)));
  }

  private static void writeSent(
      Identities from, Map<Identity, Integer> table, VersionTable versions, AvroOutput out) {
    out.writeUnsigned(from.sent().size());
    from.sent()
        .forEach(
            (version, row) ->
                out.writeUnsigned(versions.index(version))
                    .writeUnsigned(row.file())
                    .writeUnsigned(table.get(row.identity())));
  }

  static List<YearMark> readYears(AvroInput in, VersionTable versions) {
    List<YearMark> years = new ArrayList<>();
    for (int left = in.readCount(); left > 0; left--) {
      Optional<Version> base = versions.readMark(in);
      BitSet never = base.isPresent() ? StateReader.readIndexes(in) : new BitSet();
      years.add(new YearMark(base, never));
    }
    return years;
  }

  static Identities readIdentities(AvroInput in, VersionTable versions, RowPlan plan, int columns) {
    List<Identity> table = new ArrayList<>();
    for (int left = in.readCount(); left > 0; left--) {
      table.add(readIdentity(in, plan, columns));
    }
    Identities identities = new Identities();
    for (int left = in.readCount(); left > 0; left--) {
      identities.add(versions.readIndex(in), readIndexed(in, table));
    }
    for (int left = in.readCount(); left > 0; left--) {
      Version version = versions.readIndex(in);
      long file = in.readUnsigned();
      identities.add(version, new Identities.Sent(file, readIndexed(in, table)));
    }
    return identities;
  }

  /** A column that the layout has lost is forgotten, one that it has won was not said. */
  private static Identity readIdentity(AvroInput in, RowPlan plan, int columns) {
    List<Optional<Slice>> values = new ArrayList<>(Collections.nCopies(columns, Optional.empty()));
    for (int field = 0; field < plan.historyFields(); field++) {
      int length = in.readUnsigned(Integer.MAX_VALUE) - 1;
      Optional<Slice> value = length < 0 ? Optional.empty() : Optional.of(in.slice(length));
      if (plan.historyColumn(field) >= 0) {
        values.set(plan.historyColumn(field), value);
      }
    }
    return new Identity(values);
  }

  private static Identity readIndexed(AvroInput in, List<Identity> table) {
    if (table.isEmpty()) {
      throw new MalformedException("no identities");
    }
    return table.get(in.readUnsigned(table.size() - 1));
  }
}
