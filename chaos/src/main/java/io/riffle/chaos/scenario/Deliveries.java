package io.riffle.chaos.scenario;

import io.riffle.chaos.scenario.Delivery.LoadedAgain;
import io.riffle.chaos.scenario.Delivery.NewSet;
import io.riffle.chaos.scenario.Delivery.UploadedAgain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Decides what is delivered. Sets of a run overlap in keys and come in any order of their time. */
final class Deliveries {

  /** One of each form, so that their keys meet often: years, lines, and rows alone. */
  private static final List<String> USUAL = List.of("BENEFICIARY", "CARRIER", "PDE");

  /** Lines all of them; at most one in a set. */
  private static final List<String> OTHERS =
      List.of("DME", "HHA", "HOSPICE", "INPATIENT", "OUTPATIENT", "SNF");

  private static final int SECONDS = 20 * 24 * 3600;
  private static final int FIRST_YEAR = 2019;
  private static final int YEARS = 4;

  /** Values of so many kinds, so that equal ones come from sets of different times. */
  private static final int VALUES = 6;

  private final Scale scale;
  private final Random random;
  private final Set<Integer> seconds = new HashSet<>();
  private int sets;

  Deliveries(Scale scale, Random random) {
    this.scale = scale;
    this.random = random;
  }

  /** Those of the next round: a new set at least. */
  List<Delivery> next() {
    int known = sets; // of earlier rounds: what is loaded again has been loaded before
    List<Delivery> deliveries = new ArrayList<>();
    deliveries.add(newSet());
    for (int more = 1 + random.nextInt(4); more > 0; more--) {
      deliveries.add(known > 0 && random.nextInt(4) == 0 ? again(known) : newSet());
    }
    return deliveries;
  }

  private Delivery again(int known) {
    int set = 1 + random.nextInt(known);
    return random.nextBoolean() ? new UploadedAgain(pause(), set) : new LoadedAgain(pause(), set);
  }

  private Delivery newSet() {
    sets++;
    boolean merge = sets > 1 && random.nextInt(3) == 0;
    int records = scale.keys() / 10 + random.nextInt(scale.keys() / 2);
    int persons = scale.persons() / 5 + random.nextInt(scale.persons() / 2);
    return new NewSet(
        pause(),
        sets,
        types(merge),
        random.nextInt(scale.keys() - records),
        records,
        random.nextInt(scale.persons() - persons),
        persons,
        FIRST_YEAR + random.nextInt(YEARS),
        1 + random.nextInt(2),
        random.nextInt(3) == 0,
        merge || random.nextInt(3) > 0 ? 0 : 3 + random.nextInt(20),
        random.nextInt(VALUES),
        second());
  }

  private List<String> types(boolean merge) {
    List<String> types = new ArrayList<>();
    for (String type : USUAL) {
      if (random.nextInt(3) > 0) {
        types.add(merge ? type + "_MERGE" : type);
      }
    }
    if (random.nextInt(3) == 0) {
      String other = OTHERS.get(random.nextInt(OTHERS.size()));
      types.add(merge ? other + "_MERGE" : other);
    }
    return types.isEmpty() ? List.of(merge ? "CARRIER_MERGE" : "CARRIER") : types;
  }

  private int second() {
    int second = random.nextInt(SECONDS);
    return seconds.add(second) ? second : second();
  }

  /** So that they go on for about as long as the faults do. */
  private Duration pause() {
    return Duration.ofMillis(random.nextInt(4_000));
  }
}
