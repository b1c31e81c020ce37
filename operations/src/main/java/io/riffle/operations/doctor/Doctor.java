package io.riffle.operations.doctor;

import io.riffle.operations.site.Endpoints;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at all parts at the same time: one that is silent holds up none of the others. */
public final class Doctor {
  private final List<Examination> examinations;
  private final Duration patience;

  /**
   * @param patience with each part
   */
  public Doctor(List<Examination> examinations, Duration patience) {
    this.examinations = List.copyOf(examinations);
    this.patience = patience;
  }

  /** The servers of a deployment. */
  public static List<Examination> servers(Endpoints endpoints, Clock clock) {
    return List.of(
        new S3Examination(endpoints, clock),
        new KafkaExamination(endpoints),
        new RegistryExamination(endpoints, clock),
        new PostgresExamination(endpoints, clock),
        new ConnectExamination(endpoints, clock));
  }

  /** What is found, by part in the order of the examinations. */
  public List<Finding> examine() throws InterruptedException {
    List<FutureTask<List<Finding>>> tasks = new ArrayList<>();
    for (Examination examination : examinations) {
      FutureTask<List<Finding>> task = new FutureTask<>(() -> examine(examination));
      Thread thread = new Thread(task, "doctor-" + examination.part());
      thread.setDaemon(true); // one that hangs must not keep the program
      thread.start();
      tasks.add(task);
    }
    long end = System.nanoTime() + patience.toNanos();
    List<Finding> all = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      all.addAll(await(examinations.get(i), tasks.get(i), end));
    }
    return all;
  }

  private List<Finding> await(Examination examination, FutureTask<List<Finding>> task, long end)
      throws InterruptedException {
    try {
      return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Findings silent = new Findings(examination.part());
      silent.fail("no answer for " + patience.toSeconds() + " seconds", examination.whenSilent());
      return silent.all();
    } catch (ExecutionException e) {
      throw new IllegalStateException(examination.part(), e.getCause());
    }
  }

  private static List<Finding> examine(Examination examination) {
    Findings findings = new Findings(examination.part());
    try {
      examination.examine(findings);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      findings.fail(text(e), examination.whenSilent());
    }
    return findings.all();
  }

  /** The innermost message says the most; some have none. */
  private static String text(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && !(inner instanceof ConnectException)) {
      inner = inner.getCause();
    }
    if (inner instanceof ConnectException) {
      return "it cannot be connected to: nobody listens at that address, or something is in between";
    }
    String message = inner.getMessage() == null ? "" : ": " + firstLine(inner.getMessage());
    return inner.getClass().getSimpleName() + message;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The worst of all. */
  public static Verdict verdict(List<Finding> findings) {
    return findings.stream().map(Finding::verdict).reduce(Verdict.OK, Verdict::worse);
  }
}
