package io.riffle.operations.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A group on a partition over the last while. For one thread. */
final class Track {
  private static final int FEWEST_TO_STALL = 3;
  private static final int FEWEST_LOOKS = 2;
  private static final double SECOND = 1e9;
  private static final int STEPS_TO_RISK = 2;

  /** Less of a difference between two halves of the time is none: batches come as they come. */
  private static final double SHARE_THAT_MATTERS = 0.1;

  private static final double RECORDS_THAT_MATTER = 20;
  private static final Duration BEHIND_THAT_MATTERS = Duration.ofSeconds(10);

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Offsets at one moment; {@code next} is behind the last record. */
  private record Sample(
      Instant at,
      long committed,
      long logStart,
      long next,
      boolean beyondTheEnd,
      Optional<Duration> behind) {
    long lag() {
      return Math.max(0, next - Math.max(committed, logStart));
    }
  }

  void add(Instant at, PartitionLag lag, Duration window) {
    long read = Math.max(lag.committed(), lag.logStart());
    long committed = lag.hasCommitted() ? lag.committed() : lag.logStart();
    samples.addLast(
        new Sample(
            at, committed, lag.logStart(), read + lag.lag(), lag.isBeyondTheEnd(), lag.behind()));
    while (samples.size() > 2 && samples.peekFirst().at().isBefore(at.minus(window))) {
      samples.removeFirst();
    }
  }

  /**
   * What it says of the lag.
   *
   * @param members of the group
   * @param stall without a commit for so long, a group with members has stalled
   */
  Pace pace(int members, Duration stall) {
    Sample first = samples.peekFirst();
    Sample last = samples.peekLast();
    Sample recent = recent();
    double seconds = Duration.between(recent.at(), last.at()).toNanos() / SECOND;
    double consumed = rate(last.committed() - recent.committed(), seconds);
    double produced = rate(last.next() - recent.next(), seconds);
    return new Pace(
        state(members, stall),
        trend(),
        Math.max(0, consumed),
        Math.max(0, produced),
        drain(last, consumed - produced),
        isAtRisk(first, last));
  }

  /**
   * Where the span of rates begins: {@link LagHistory#RECENT} ago, or one look where that is
   * longer.
   */
  private Sample recent() {
    Sample last = samples.peekLast();
    Sample begin = last;
    int looks = 0;
    var back = samples.descendingIterator();
    while (back.hasNext()) {
      Sample sample = back.next();
      if (looks >= FEWEST_LOOKS && sample.at().isBefore(last.at().minus(LagHistory.RECENT))) {
        break;
      }
      begin = sample;
      looks++;
    }
    return begin;
  }

  private static double rate(long count, double seconds) {
    return seconds <= 0 ? 0 : count / seconds;
  }

  private LagState state(int members, Duration stall) {
    Sample first = samples.peekFirst();
    Sample last = samples.peekLast();
    if (last.beyondTheEnd() || wentBack()) {
      return LagState.REWIND;
    }
    if (members == 0) {
      return LagState.STOPPED;
    }
    if (last.lag() == 0) {
      return samples.size() > 1 && first.next() < last.next() ? LagState.OK : LagState.IDLE;
    }
    if (hasStalled(stall)) {
      return LagState.STALLED;
    }
    return trend() == Trend.UP && isLate(last) ? LagState.WARN : LagState.OK;
  }

  /** Records are a backlog when they wait; how long is not always known. */
  private static boolean isLate(Sample sample) {
    return sample.behind().map(age -> age.compareTo(BEHIND_THAT_MATTERS) > 0).orElse(true);
  }

  private boolean wentBack() {
    long before = Long.MIN_VALUE;
    for (Sample sample : samples) {
      if (sample.committed() < before) {
        return true;
      }
      before = sample.committed();
    }
    return false;
  }

  /** Since the last commit there was something to read all the time. */
  private boolean hasStalled(Duration stall) {
    Sample last = samples.peekLast();
    Instant since = last.at();
    int still = 0;
    var back = samples.descendingIterator();
    while (back.hasNext()) {
      Sample sample = back.next();
      if (sample.committed() != last.committed() || sample.lag() == 0) {
        break;
      }
      since = sample.at();
      still++;
    }
    return still >= FEWEST_TO_STALL && Duration.between(since, last.at()).compareTo(stall) >= 0;
  }

  /** The later half of the time against the earlier one: single batches are no trend. */
  private Trend trend() {
    int half = samples.size() / 2;
    long earlier = 0;
    long later = 0;
    int at = 0;
    for (Sample sample : samples) {
      if (at < half) {
        earlier += sample.lag();
      } else if (at >= samples.size() - half) {
        later += sample.lag();
      }
      at++;
    }
    return half == 0 ? Trend.FLAT : trend((double) earlier / half, (double) later / half);
  }

  private static Trend trend(double earlier, double later) {
    double matters = Math.max(RECORDS_THAT_MATTER, SHARE_THAT_MATTERS * Math.min(earlier, later));
    if (Math.abs(later - earlier) <= matters) {
      return Trend.FLAT;
    }
    return later > earlier ? Trend.UP : Trend.DOWN;
  }

  private static Optional<Duration> drain(Sample last, double perSecond) {
    if (last.lag() == 0) {
      return Optional.of(Duration.ZERO);
    }
    return perSecond > 0
        ? Optional.of(Duration.ofMillis(Math.round(last.lag() / perSecond * 1000)))
        : Optional.empty();
  }

  /**
   * The log's start comes nearer, faster than the group reads on, and is near: it moves by whole
   * segments, and two more such steps reach what was not read.
   */
  private static boolean isAtRisk(Sample first, Sample last) {
    long behindStart = last.committed() - last.logStart();
    if (behindStart < 0) {
      return true;
    }
    long expired = last.logStart() - first.logStart();
    long consumed = last.committed() - first.committed();
    return last.lag() > 0 && expired > consumed && behindStart <= STEPS_TO_RISK * expired;
  }
}
