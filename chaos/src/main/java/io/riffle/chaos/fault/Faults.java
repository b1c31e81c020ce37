package io.riffle.chaos.fault;

import io.riffle.chaos.scenario.Strike;
import io.riffle.chaos.stack.ChaosStack;

/** Makes the fault of a strike. */
public final class Faults {

  private static final String SCANNER_ACTIVE = "scanner is active";

  private Faults() {}

  public static Fault of(Strike strike, ChaosStack stack) {
    String name = strike.name();
    String target = strike.target();
    return switch (strike.kind()) {
      case KILL -> new Kill(name, target, stack);
      case FREEZE -> new Freeze(name, target, stack);
      case RESTART -> new Stop(name, target, target.equals("postgres") ? "INT" : "TERM", stack);
      case IMMEDIATE_STOP -> new Stop(name, target, "QUIT", stack);
      case TERMINATE_SESSIONS -> new TerminatedSessions(name, stack);
      case LOCK_TABLE -> ForeignLock.ofTable(name, target, stack);
      case LOCK_ROWS -> ForeignLock.ofRows(name, target, stack);
      case LOCK_BACKWARDS -> new BackwardsLocks(name, target, stack);
      case OPEN_TRANSACTION ->
          new OpenTransaction(name, stack.endpoints().set().text() + "." + target, stack);
      case LOSE_STATE -> new LostState(name, stack);
      case DAMAGE_STATE -> new DamagedState(name, stack);
      case RESTORE_DATABASE -> new RestoredDatabase(name, stack);
      case RESTART_TASKS -> new RestartedTasks(name, stack);
      case ZOMBIE -> new Zombie(name, target, SCANNER_ACTIVE, stack);
      case DELAY -> NetworkFault.delay(name, stack.proxies().of(target));
      case CUT -> NetworkFault.cut(name, stack.proxies().of(target));
      case HALF_OPEN -> NetworkFault.halfOpen(name, stack.proxies().of(target));
      case S3_ERRORS -> new S3Errors(name, stack.proxies().s3());
    };
  }
}
