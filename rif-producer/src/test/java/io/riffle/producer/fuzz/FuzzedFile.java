package io.riffle.producer.fuzz;

import io.riffle.producer.gzip.GzipLimits;
import io.riffle.producer.gzip.StrictGzipStream;
import io.riffle.producer.manifest.ManifestEntry;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.plan.LoadPolicy;
import io.riffle.producer.plan.MemoryPlanning;
import io.riffle.producer.plan.MemoryPlanning.Result;
import io.riffle.producer.plan.MemoryPlanning.Result.Rejected;
import io.riffle.producer.plan.PlanConfig;
import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.FilePromises;
import io.riffle.producer.rif.TestFile;
import io.riffle.schemas.layout.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A file of a fuzzed data set, plain or compressed, with or without a checksum. */
public final class FuzzedFile {

  private static final int MOST_STEPS = 4;

  /** A set's files are in memory together with those of all other sets. */
  private static final int MOST_BYTES = 2 << 20;

  private final String name;
  private final String type;
  private final List<String> steps = new ArrayList<>();
  private final byte[] content;
  private final Optional<String> md5;

  FuzzedFile(String name, Random random) {
    RifSubject rif = new RifSubject(random);
    boolean compressed = random.nextInt(4) == 0;
    this.name = name + (compressed ? ".csv.gz" : ".csv");
    this.type = rif.layout().type() + (rif.merge() ? "_MERGE" : "");
    byte[] good = compressed ? GzipMutations.gzip(rif.good()) : rif.good();
    List<Mutation> all = new ArrayList<>(compressed ? GzipMutations.of(rif) : rif.steps());
    all.addAll(ByteMutations.ALL);
    this.content = mutated(good, all, random);
    this.md5 = random.nextInt(6) == 0 ? Optional.of(sum(good)) : Optional.empty();
  }

  private byte[] mutated(byte[] good, List<Mutation> all, Random random) {
    byte[] bytes = good;
    for (int i = random.nextInt(1 + MOST_STEPS); i > 0; i--) {
      Mutation step = all.get(random.nextInt(all.size()));
      byte[] changed = step.apply(bytes, random);
      if (changed.length <= MOST_BYTES) {
        bytes = changed;
        steps.add(step.name());
      }
    }
    return bytes;
  }

  String name() {
    return name;
  }

  /** As a manifest says it. */
  String type() {
    return type;
  }

  public byte[] content() {
    return content.clone();
  }

  /** What S3 knows of the object besides. */
  public Map<String, String> metadata() {
    return md5.map(sum -> Map.of("md5chksum", sum)).orElse(Map.of());
  }

  /** What must come of the file when it is loaded as what a manifest says of it. */
  ExpectedFile expected(ManifestEntry entry, PlanConfig config) throws IOException {
    Layout layout = TestFile.LAYOUTS.get(entry.type());
    LoadPolicy policy = config.policies().of(entry.type());
    Result result =
        new MemoryPlanning(layout, entry.merge(), name).read(content, md5, policy, config.gzip());
    if (result instanceof Rejected rejected) {
      return ExpectedFile.unpublished("REJECTED|" + rejected.reason() + "|" + rejected.detail());
    }
    TestFile file = TestFile.of(layout, entry.merge(), rows());
    FilePlan plan = (FilePlan) file.plan(policy.unknownColumns(), config.splits());
    FilePromises promises = new FilePromises(file, policy.unknownColumns(), name);
    return ExpectedFile.published(plan.lines(), promises.read(plan, config.splits()).all);
  }

  private byte[] rows() throws IOException {
    if (!name.endsWith(".gz")) {
      return content;
    }
    try (InputStream in =
        new StrictGzipStream(new ByteArrayInputStream(content), GzipLimits.NONE)) {
      return in.readAllBytes();
    }
  }

  private static String sum(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Md5Check.digest().digest(bytes));
  }

  @Override
  public String toString() {
    return name + " of " + type + " (" + content.length + " bytes): " + String.join(", ", steps);
  }
}
