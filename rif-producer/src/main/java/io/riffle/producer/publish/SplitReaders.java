package io.riffle.producer.publish;

import io.riffle.producer.hash.HashCache;
import io.riffle.producer.rif.HeaderPlan;
import io.riffle.producer.rif.SplitReader;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.layout.Layouts;
import io.riffle.schemas.wire.WireFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The readers of the last few headers: their buffers are worth keeping, and a file has many splits.
 * For one thread.
 */
final class SplitReaders {

  private static final int MOST = 2;

  /** A reader and what it reads. */
  record Prepared(HeaderPlan plan, SplitReader reader) {}

  private record Header(String type, boolean merge, List<String> columns) {}

  private final Layouts layouts;
  private final HashCache hashes;
  private final Map<Header, Prepared> recent =
      new LinkedHashMap<>(MOST * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Header, Prepared> eldest) {
          return size() > MOST;
        }
      };

  SplitReaders(Layouts layouts, HashCache hashes) {
    this.layouts = layouts;
    this.hashes = hashes;
  }

  Prepared of(Split split) {
    Header header = new Header(split.type(), split.merge(), split.header());
    Prepared known = recent.get(header);
    if (known == null) {
      known = prepare(split);
      recent.put(header, known);
    }
    return known;
  }

  private Prepared prepare(Split split) {
    HeaderPlan plan =
        HeaderPlan.ofChecked(split.header(), layouts.get(split.type()), split.merge());
    return new Prepared(plan, new SplitReader(plan, WireFormat.PREFIX_LENGTH, hashes));
  }
}
