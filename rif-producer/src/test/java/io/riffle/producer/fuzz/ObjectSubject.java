package io.riffle.producer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.producer.gzip.GzipException;
import io.riffle.producer.gzip.GzipLimits;
import io.riffle.producer.gzip.StrictGzipStream;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.plan.LoadPolicy;
import io.riffle.producer.plan.MemoryPlanning;
import io.riffle.producer.plan.MemoryPlanning.Result;
import io.riffle.producer.plan.MemoryPlanning.Result.Planned;
import io.riffle.producer.plan.MemoryPlanning.Result.Rejected;
import io.riffle.producer.plan.RejectLimit;
import io.riffle.producer.rif.FileProblem.Reason;
import io.riffle.producer.rif.RejectCount;
import io.riffle.producer.rif.TestFile;
import io.riffle.producer.rif.UnknownColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** An object as the planner takes it: checksum, gzip, header, limit of rejects. */
final class ObjectSubject implements Subject {

  private static final GzipLimits GZIP = new GzipLimits(48L << 20, 200);
  private static final String[] LIMITS = {"0", "1", "3", "10%", "50%", "100%"};
  private static final Set<String> REASONS = reasons();

  private final RifSubject rif;
  private final boolean compressed;
  private final boolean summed;
  private final RejectLimit limit;
  private final UnknownColumns unknown;

  ObjectSubject(Random random) {
    this.rif = new RifSubject(random);
    this.compressed = random.nextInt(3) > 0;
    this.summed = random.nextInt(4) == 0;
    this.limit = RejectLimit.parse(LIMITS[random.nextInt(LIMITS.length)]);
    this.unknown = random.nextBoolean() ? UnknownColumns.REJECT : UnknownColumns.IGNORE;
  }

  private static Set<String> reasons() {
    Set<String> reasons = new HashSet<>();
    Arrays.stream(Reason.values()).forEach(reason -> reasons.add(reason.name()));
    Arrays.stream(Refusal.values()).forEach(reason -> reasons.add(reason.name()));
    return reasons;
  }

  @Override
  public String name() {
    return "object " + fileName() + " of " + rif.name() + (summed ? " with a checksum" : "");
  }

  private String fileName() {
    return compressed ? "file.csv.gz" : "file.csv";
  }

  @Override
  public byte[] good() throws IOException {
    return compressed ? GzipMutations.gzip(rif.good()) : rif.good();
  }

  @Override
  public List<Mutation> steps() {
    List<Mutation> steps = new ArrayList<>(compressed ? GzipMutations.of(rif) : rif.steps());
    steps.addAll(ByteMutations.ALL);
    return steps;
  }

  @Override
  public Came outcome(byte[] input) throws IOException {
    MemoryPlanning planning = new MemoryPlanning(rif.layout(), rif.merge(), fileName());
    Optional<String> md5 = summed ? Optional.of(md5(rif.good())) : Optional.empty();
    LoadPolicy anyNumber = new LoadPolicy(Optional.empty(), unknown, false);
    Result result = Cost.bounded(length(input), () -> planning.read(input, md5, anyNumber, GZIP));
    if (result instanceof Rejected rejected) {
      return came(rejected);
    }
    byte[] content = content(input);
    if (summed) {
      assertThat(content).isEqualTo(rif.good());
    }
    LoadPolicy policy = new LoadPolicy(Optional.of(limit), unknown, false);
    Planned planned = (Planned) result;
    return held(content, planned, planning.read(input, md5, policy, GZIP));
  }

  private Came came(Rejected rejected) {
    Canary.requireAbsentFrom(rejected.toString());
    assertThat(REASONS).contains(rejected.reason());
    assertThat(rejected.detail()).startsWith(fileName()).hasSizeLessThan(8_000);
    return new Came(List.of(rejected.reason()), rejected.toString());
  }

  /** The object's fate under a limit is what its rejects say. */
  private Came held(byte[] content, Planned planned, Result result) {
    TestFile file = TestFile.of(rif.layout(), rif.merge(), content);
    RejectCount count = file.rejects(planned.plan());
    boolean over = count.records() > limit.allowed(planned.plan().records());
    assertThat(result instanceof Rejected).as("over " + limit).isEqualTo(over);
    if (result instanceof Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(Reason.TOO_MANY_REJECTS.name());
      return came(rejected);
    }
    assertThat(result).isEqualTo(planned);
    return new Came(List.of("planned"), planned.plan().splits().toString());
  }

  private byte[] content(byte[] input) throws IOException {
    try (InputStream in = new ByteArrayInputStream(input)) {
      return compressed
          ? new StrictGzipStream(in, GzipLimits.NONE).readAllBytes()
          : in.readAllBytes();
    }
  }

  /** Bytes that are looked at, decompressed. */
  private long length(byte[] input) throws IOException {
    if (!compressed) {
      return input.length;
    }
    long length = 0;
    try (InputStream in = new StrictGzipStream(new ByteArrayInputStream(input), GZIP)) {
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
      }
    } catch (GzipException e) {
      return length; // the planner comes no further
    }
    return length;
  }

  private static String md5(byte[] content) {
    return Base64.getEncoder().encodeToString(Md5Check.digest().digest(content));
  }
}
