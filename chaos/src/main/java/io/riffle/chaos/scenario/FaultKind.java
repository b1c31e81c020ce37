package io.riffle.chaos.scenario;

import java.util.List;
import java.util.Locale;

/** What can be done to the stack. */
public enum FaultKind {
  /** kill -9. */
  KILL,
  /** SIGSTOP, later SIGCONT, to a process with all its children. */
  FREEZE,
  /** A stop as an operator does it, and a start. */
  RESTART,
  /** Postgres breaks off everything, as {@code pg_ctl stop -m immediate} does. */
  IMMEDIATE_STOP,
  /** {@code pg_terminate_backend} on all sessions of the set's database, again and again. */
  TERMINATE_SESSIONS,
  /** A foreign session has a table to itself. */
  LOCK_TABLE,
  /** A foreign session locks rows of a table. */
  LOCK_ROWS,
  /** A foreign session locks rows one by one in the other order, for deadlocks. */
  LOCK_BACKWARDS,
  /** A foreign producer leaves a transaction open on a topic. */
  OPEN_TRANSACTION,
  /** The merge-processor's local state is deleted while it is down. */
  LOSE_STATE,
  /** Tables of the merge-processor's local state are damaged while it is down. */
  DAMAGE_STATE,
  /** The set's database goes back to how it was when the fault began. */
  RESTORE_DATABASE,
  /** The sink's tasks are restarted again and again. */
  RESTART_TASKS,
  /** A frozen process is replaced by another one of its name, and wakes up. */
  ZOMBIE,
  /** Everything between a server and its clients is late, slow, and at times reset. */
  DELAY,
  /** All connections of a server's clients are reset, and each new one. */
  CUT,
  /** Connections of a server's clients stay, and nothing gets through; later all of it does. */
  HALF_OPEN,
  /** S3 answers some requests with errors, or breaks off in the middle. */
  S3_ERRORS;

  /** Those that have a proxy before them. */
  public static final List<String> PROXIED = List.of("kafka", "postgres", "s3proxy");

  private static final List<String> SERVICES =
      List.of(
          "postgres", "kafka", "registry", "s3proxy", "connect", "merge-processor", "rif-producer");

  /** Whom it can hit: services and topics without the set's name, or tables. */
  public List<String> targets() {
    return switch (this) {
      case KILL, FREEZE, RESTART -> SERVICES;
      case IMMEDIATE_STOP, TERMINATE_SESSIONS -> List.of("postgres");
      case LOCK_TABLE, LOCK_ROWS -> List.of("partd_events", "carrier_claims", "beneficiaries");
      case LOCK_BACKWARDS -> List.of("partd_events", "carrier_claims");
      case OPEN_TRANSACTION ->
          List.of("rif.splits", "rif.progress", "rif.carrier", "merged.beneficiary");
      case LOSE_STATE, DAMAGE_STATE -> List.of("merge-processor");
      case RESTORE_DATABASE -> List.of("postgres");
      case RESTART_TASKS -> List.of("connect");
      case ZOMBIE -> List.of("rif-producer");
      case DELAY, CUT, HALF_OPEN -> PROXIED;
      case S3_ERRORS -> List.of("s3proxy");
    };
  }

  /** For reports, such as {@code lock-table}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
