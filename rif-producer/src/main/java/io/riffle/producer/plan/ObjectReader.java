package io.riffle.producer.plan;

import io.riffle.producer.gzip.FirstBytes;
import io.riffle.producer.gzip.GzipException;
import io.riffle.producer.gzip.StrictGzipStream;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.manifest.Md5Check;
import io.riffle.producer.manifest.Refusal;
import io.riffle.producer.plan.ObjectReading.Accepted;
import io.riffle.producer.plan.ObjectReading.Gone;
import io.riffle.producer.plan.ObjectReading.Rejected;
import io.riffle.producer.rif.FilePlan;
import io.riffle.producer.rif.FileProblem;
import io.riffle.producer.rif.FileReading;
import io.riffle.producer.rif.RejectCount;
import io.riffle.producer.rif.SplitPlanner;
import io.riffle.producer.s3.ObjectChangedException;
import io.riffle.producer.s3.ObjectFacts;
import io.riffle.producer.s3.ObjectMissingException;
import io.riffle.producer.s3.ObjectStore;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads an object from its first byte to its last: MD5, gzip, rows; once more, values and all,
 * where its type has a limit of rejects. Holds one buffer of it.
 */
final class ObjectReader {

  private static final int BUFFER_BYTES = 256 * 1024;

  private final ObjectStore store;
  private final PlanConfig config;

  ObjectReader(ObjectStore store, PlanConfig config) {
    this.store = store;
    this.config = config;
  }

  /**
   * Reads a file's object.
   *
   * @param found told which object it is, before its bytes are read; false if an earlier load of
   *     the file read another one
   * @throws IOException when S3 fails for longer than it pays to wait
   */
  ObjectReading read(LedgerFile file, Layout layout, Predicate<ObjectFacts> found)
      throws IOException {
    try {
      ObjectFacts facts = store.facts(file.s3Key());
      return found.test(facts)
          ? read(file, layout, facts)
          : rejected(file, Refusal.OBJECT_CHANGED, "another object than an earlier load read");
    } catch (ObjectMissingException e) {
      return new Gone(file.name() + " is missing", true);
    } catch (ObjectChangedException e) {
      return new Gone(file.name() + " was replaced while it was read", false);
    }
  }

  private ObjectReading read(LedgerFile file, Layout layout, ObjectFacts facts) throws IOException {
    if (facts.bytes() == 0) {
      String reason = FileProblem.Reason.EMPTY_FILE.name();
      return new Rejected(reason, file.name() + ", line 1: the object has no bytes");
    }
    LoadPolicy policy = config.policies().of(file.type());
    if (policy.requireChecksum() && facts.md5().isEmpty()) {
      return rejected(file, Refusal.CHECKSUM, "metadata md5chksum is missing");
    }
    ObjectReading planned = plan(file, layout, facts, policy);
    return policy.maxRejects().isPresent() && planned instanceof Accepted accepted
        ? held(file, layout, accepted, policy.maxRejects().get())
        : planned;
  }

  private ObjectReading plan(LedgerFile file, Layout layout, ObjectFacts facts, LoadPolicy policy)
      throws IOException {
    MessageDigest md5 = Md5Check.digest();
    SplitPlanner planner =
        new SplitPlanner(layout, file.merge(), policy.unknownColumns(), config.splits());
    try (InputStream in = open(file, facts)) {
      boolean whole = feed(in, planner, md5);
      Optional<String> mismatch =
          whole ? facts.md5().flatMap(sent -> Md5Check.problem(sent, md5)) : Optional.empty();
      return mismatch.isPresent()
          ? rejected(file, Refusal.CHECKSUM, mismatch.get())
          : outcome(file, facts, planner.finish());
    } catch (GzipException e) {
      return rejected(file, reason(e), e.getMessage());
    }
  }

  /** What becomes of a planned file when its rejects are held against a limit. */
  private ObjectReading held(LedgerFile file, Layout layout, Accepted read, RejectLimit limit)
      throws IOException {
    FilePlan plan = read.plan();
    try (InputStream rows = rows(file, read)) {
      RejectCount count = RejectCount.of(plan, layout, file.merge(), rows);
      return RejectCheck.problem(plan, count, limit)
          .<ObjectReading>map(problem -> rejected(file, problem))
          .orElse(read);
    }
  }

  /** The bytes of all splits, which stand one behind the other. */
  private InputStream rows(LedgerFile file, Accepted read) throws IOException {
    ObjectFacts facts = read.facts();
    long start = read.plan().start();
    long end = read.plan().end();
    if (!CompressedName.matches(file.name())) {
      return store.range(file.s3Key(), facts.eTag(), start, end);
    }
    InputStream all = open(file, facts);
    try {
      all.skipNBytes(start);
      return new FirstBytes(all, end - start);
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private InputStream open(LedgerFile file, ObjectFacts facts) {
    InputStream stored = store.range(file.s3Key(), facts.eTag(), 0, facts.bytes());
    return CompressedName.matches(file.name())
        ? new StrictGzipStream(stored, config.gzip())
        : stored;
  }

  /** Whether the file was read to its end: a known problem ends it earlier. */
  private static boolean feed(InputStream in, SplitPlanner planner, MessageDigest md5)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int length = in.read(buffer);
    while (length >= 0) {
      md5.update(buffer, 0, length);
      if (!planner.accept(buffer, 0, length)) {
        return false;
      }
      length = in.read(buffer);
    }
    return true;
  }

  private static ObjectReading outcome(LedgerFile file, ObjectFacts facts, FileReading reading) {
    return reading instanceof FileProblem problem
        ? rejected(file, problem)
        : new Accepted(facts, (FilePlan) reading);
  }

  private static String detail(LedgerFile file, FileProblem problem) {
    String column = problem.column().map(name -> ", column " + name).orElse("");
    return file.name() + ", line " + problem.line() + column + ": " + problem.detail();
  }

  private static Rejected rejected(LedgerFile file, FileProblem problem) {
    return new Rejected(problem.reason().name(), detail(file, problem));
  }

  private static Rejected rejected(LedgerFile file, Refusal reason, String what) {
    return new Rejected(reason.name(), file.name() + ": " + what);
  }

  private static Refusal reason(GzipException e) {
    return switch (e.problem()) {
      case INVALID -> Refusal.GZIP_INVALID;
      case TOO_LARGE -> Refusal.GZIP_TOO_LARGE;
    };
  }
}
