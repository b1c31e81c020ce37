package io.riffle.bench.jmh;

import io.riffle.merge.topology.MergeStep;
import io.riffle.schemas.registry.SchemaRegistry;
import io.riffle.schemas.wire.SchemaHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Raw records of a type, and what the merge makes of the first ones of their keys. */
final class MergedKeys {

  private final SchemaRegistry registry = new OpenRegistry();
  private final MergeStep step;
  private final List<byte[]> first;
  private final Headers firstHeaders;

  MergedKeys(String type, int records) {
    this.step = new MergeStep(registry, RifFile.LAYOUTS.get(type));
    RifFile file = RifFile.generate(type, records);
    SchemaHandle schema = schema(file);
    this.first = new Reading(file, 1).framed(schema);
    this.firstHeaders = headers(schema);
  }

  /** Values of FULL records, one a key. */
  List<byte[]> first() {
    return first;
  }

  /** Takes a key's first record. */
  MergeStep.Result takeFirst(byte[] value) {
    return step.take("0", null, value, firstHeaders);
  }

  /** All first records taken. */
  List<MergeStep.Result> taken() {
    List<MergeStep.Result> taken = new ArrayList<>();
    first.forEach(value -> taken.add(takeFirst(value)));
    return taken;
  }

  /** The MERGE records of the same keys, in the same order. */
  Patches patches(String type, int records) {
    RifFile file = RifFile.generate(type + "_MERGE", records);
    SchemaHandle schema = schema(file);
    return new Patches(step, new Reading(file, 2).framed(schema), headers(schema));
  }

  private SchemaHandle schema(RifFile file) {
    return SchemaHandle.register(registry, "bench", file.plan().schema());
  }

  SchemaRegistry registry() {
    return registry;
  }

  private static Headers headers(SchemaHandle schema) {
    return new RecordHeaders().add(schema.header());
  }

  /** MERGE records. */
  record Patches(MergeStep step, List<byte[]> values, Headers headers) {

    MergeStep.Result take(int index, byte[] stored) {
      return step.take("0", stored, values.get(index), headers);
    }
  }
}
