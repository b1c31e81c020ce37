package io.riffle.bench.chain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.client.Rest;
import io.riffle.operations.site.Endpoints;
import io.riffle.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;

/**
 * How many threads each part of Riffle has.
 *
 * @param threads workers of rif-producer, threads of merge-processor, tasks of the sink
 */
record Parallelism(int threads) {

  LocalStack.Builder give(LocalStack.Builder stack) {
    String number = Integer.toString(threads);
    return stack
        .variable("RIFFLE_PRODUCER_WORKERS", number)
        .variable("RIFFLE_MERGE_THREADS", number);
  }

  /**
   * The sink's tasks are in its connector's configuration, which each start of the stack writes.
   */
  void giveSink(Endpoints endpoints) throws IOException, InterruptedException {
    String connector = new Topics(endpoints.set().text()).sinkConnector();
    URI config = endpoints.connectUrl().resolve("/connectors/" + connector + "/config");
    ObjectNode changed = (ObjectNode) new ObjectMapper().readTree(Rest.get(config));
    changed.put("tasks.max", Integer.toString(threads));
    Rest.sendJson("PUT", config, changed.toString());
  }
}
