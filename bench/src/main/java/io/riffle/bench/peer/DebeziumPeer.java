package io.riffle.bench.peer;

import io.riffle.bench.chain.BenchChain;
import io.riffle.bench.round.SinkPeer;
import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.schemas.layout.Layout;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Debezium JDBC sink as a peer. It takes part where its plug-in folder was built, which a quick
 * build leaves out: {@code mvn -Ppeer -Dquick -pl bench/peer package}.
 */
public final class DebeziumPeer implements SinkPeer {

  /** Records of a race: less than a minute for the slower one, and much more than its start. */
  private static final long RECORDS = 200_000;

  private int races;

  @Override
  public boolean takes(Layout layout) {
    return layout.type().equals(DuelTopic.TYPE) && Files.isDirectory(plugins());
  }

  @Override
  public LocalStack.Builder configure(LocalStack.Builder stack) {
    return stack.connectPlugins(plugins());
  }

  /** Who begins changes with each race; before the first one both run once unmeasured. */
  @Override
  public Race race(BenchChain chain, Layout layout) throws Exception {
    SinkDuel duel = new SinkDuel(chain.endpoints(), chain.pids());
    if (races == 0) {
      duel.run(RECORDS, true);
    }
    return duel.run(RECORDS, races++ % 2 == 0);
  }

  /** Where the peer's build puts it. */
  static Path plugins() {
    return RepositoryRoot.find().resolve("bench/peer/target/plugins");
  }
}
