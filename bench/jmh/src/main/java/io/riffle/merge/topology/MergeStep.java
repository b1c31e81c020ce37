package io.riffle.merge.topology;

import io.riffle.merge.record.Arrival;
import io.riffle.merge.record.RawReader;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.topics.Topics;
import io.riffle.schemas.wire.WireReader;
import io.riffle.schemas.wire.WireReader.WithoutFingerprint;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * What a task does with one record, without its store and its topics. It stands in this package
 * because the rest of it is closed.
 */
public final class MergeStep {

  private final RawReader reader;
  private final KeyMerge merge;

  /**
   * What a record came to.
   *
   * @param state to be stored
   * @param merged the framed value for the merged topic, if there is one
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Result(byte[] state, Optional<byte[]> merged) {}

  public MergeStep(SchemaRegistry registry, Layout layout) {
    WireReader wire = new WireReader(registry, WithoutFingerprint.REJECT);
    TypeSchemas schemas = TypeSchemas.register(registry, wire, new Topics("bench"), layout);
    this.reader = schemas.reader(layout);
    this.merge = schemas.keyMerge();
  }

  /**
   * Takes a record into the state of its key.
   *
   * @param stored null for a key that is met for the first time
   */
  public Result take(String key, byte[] stored, byte[] value, Headers headers) {
    Arrival arrival = reader.read(value, headers);
    if (!(arrival instanceof Arrival.Data data)) {
      throw new IllegalStateException("not a record to merge");
    }
    KeyMerge.Step step = merge.take(key, stored, data, false);
    return new Result(step.state(), step.merged().map(encoded -> encoded.value()));
  }
}
