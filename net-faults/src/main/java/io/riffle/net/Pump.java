package io.riffle.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Carries the bytes of one direction of a link, chunk by chunk. */
final class Pump implements Runnable {

  private static final int CHUNK = 64 * 1024;

  private final Link link;
  private final Direction direction;
  private final Conditions conditions;
  private final Runnable whenOver;

  /**
   * @param whenOver told when the whole link is
   */
  Pump(Link link, Direction direction, Conditions conditions, Runnable whenOver) {
    this.link = link;
    this.direction = direction;
    this.conditions = conditions;
    this.whenOver = whenOver;
  }

  @Override
  public void run() {
    try {
      carry();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over();
    } catch (IOException e) {
      overWhenForwarding();
    }
  }

  private void carry() throws IOException, InterruptedException {
    InputStream in = link.from(direction).getInputStream();
    OutputStream out = link.to(direction).getOutputStream();
    byte[] buffer = new byte[CHUNK];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      travel(Arrays.copyOf(buffer, read));
      out.write(buffer, 0, read);
    }
    conditions.awaitForwarding(direction, link);
    if (link.end(direction)) {
      link.close();
      whenOver.run();
    }
  }

  private void travel(byte[] chunk) throws IOException, InterruptedException {
    Optional<Hold> hold = conditions.holdFrom(direction, chunk);
    if (hold.isPresent()) {
      hold.get().await();
    }
    conditions.awaitForwarding(direction, link);
    if (conditions.resets()) {
      throw new IOException("reset at random");
    }
    TimeUnit.NANOSECONDS.sleep(conditions.travel(chunk.length).toNanos());
    // what began meanwhile holds for this chunk, too
    conditions.awaitForwarding(direction, link);
  }

  /** A side that is gone is no news to the other one while nothing gets through. */
  private void overWhenForwarding() {
    try {
      conditions.awaitForwarding(direction, link);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    over();
  }

  private void over() {
    link.reset();
    conditions.tellThoseWhoWait();
    whenOver.run();
  }
}
