package io.riffle.merge.state;

import io.riffle.merge.record.AvroInput;
import io.riffle.merge.record.AvroOutput;
import io.riffle.merge.record.MalformedException;
import io.riffle.schemas.control.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** All versions of a stored key, ascending; the rest of the stored form names them by index. */
final class VersionTable {
  private final List<Version> ascending;

  private VersionTable(List<Version> ascending) {
    this.ascending = ascending;
  }

  static VersionTable of(NavigableSet<Version> versions) {
    return new VersionTable(List.copyOf(versions));
  }

  static VersionTable read(AvroInput in) {
    int count = in.readCount();
    List<Version> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      versions.add(in.readVersion());
    }
    return new VersionTable(versions);
  }

  void write(AvroOutput out) {
    out.writeUnsigned(ascending.size());
    ascending.forEach(out::writeVersion);
  }

  NavigableSet<Version> all() {
    return new TreeSet<>(ascending);
  }

  int index(Version version) {
    int index = Collections.binarySearch(ascending, version);
    if (index < 0) {
      throw new IllegalStateException("a version that was not seen");
    }
    return index;
  }

  /** 0 for none, else 1 + index. */
  int mark(Optional<Version> version) {
    return version.map(this::index).map(index -> index + 1).orElse(0);
  }

  /** The inverse of {@link #mark}. */
  Optional<Version> readMark(AvroInput in) {
    int mark = in.readUnsigned(ascending.size());
    return mark == 0 ? Optional.empty() : Optional.of(ascending.get(mark - 1));
  }

  Version readIndex(AvroInput in) {
    if (ascending.isEmpty()) {
      throw new MalformedException("no versions");
    }
    return ascending.get(in.readUnsigned(ascending.size() - 1));
  }
}
