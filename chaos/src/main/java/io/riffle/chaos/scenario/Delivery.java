package io.riffle.chaos.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Something that the feed, or an operator, does. */
public sealed interface Delivery {

  /** What goes by before it. */
  Duration before();

  /**
   * A new data set.
   *
   * @param number of the set in this run, from 1
   * @param types entry types, in manifest order
   * @param first number of the first claim or event, from 0 within the run's own keys
   * @param firstPerson the same of persons
   * @param year reference year of persons
   * @param years how many of them, a file each
   * @param olderLayout without the columns that came last
   * @param deleteEvery of FULL files, one record in so many is a DELETE; 0 for none
   * @param values seed of the values: sets with equal ones agree where their keys do
   * @param second the set's place in time: of two sets the later one wins, whichever comes first
   */
  record NewSet(
      Duration before,
      int number,
      List<String> types,
      int first,
      int records,
      int firstPerson,
      int persons,
      int year,
      int years,
      boolean olderLayout,
      int deleteEvery,
      long values,
      int second)
      implements Delivery {

    public NewSet {
      types = List.copyOf(types);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "set %d: %s, %d from %d, %d persons from %d, %d x %d%s%s, at second %d",
          number,
          String.join("+", types),
          records,
          first,
          persons,
          firstPerson,
          years,
          year,
          olderLayout ? ", older layout" : "",
          deleteEvery > 0 ? ", one in " + deleteEvery + " deleted" : "",
          second);
    }
  }

  /** The feed uploads a set once more, as it was. */
  record UploadedAgain(Duration before, int set) implements Delivery {
    @Override
    public String toString() {
      return "set " + set + " uploaded again";
    }
  }

  /** An operator has the files of a set loaded once more. */
  record LoadedAgain(Duration before, int set) implements Delivery {
    @Override
    public String toString() {
      return "set " + set + " loaded again";
    }
  }
}
