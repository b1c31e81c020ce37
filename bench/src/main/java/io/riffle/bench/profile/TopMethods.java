package io.riffle.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * The methods that were found at work in a recording.
 *
 * @param samples how often the JVM looked and found a thread in Java code
 * @param atWork methods on top of the stack
 * @param onBehalfOf the methods of Riffle nearest to the top, where there is one: for whom the top
 *     one works
 */
public record TopMethods(long samples, List<Share> atWork, List<Share> onBehalfOf) {

  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final String RIFFLE = "io.riffle.";
  private static final int MOST = 10;

  static TopMethods of(Path recording) throws IOException {
    Map<String, Long> atWork = new HashMap<>();
    Map<String, Long> onBehalfOf = new HashMap<>();
    long samples = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        List<RecordedFrame> frames = frames(file.readEvent());
        if (!frames.isEmpty()) {
          samples++;
          atWork.merge(name(frames.get(0)), 1L, Long::sum);
          ours(frames).ifPresent(name -> onBehalfOf.merge(name, 1L, Long::sum));
        }
      }
    }
    return new TopMethods(
        samples,
        Share.largest(atWork, (double) samples, MOST),
        Share.largest(onBehalfOf, (double) samples, MOST));
  }

  private static List<RecordedFrame> frames(RecordedEvent event) {
    boolean sample = event.getEventType().getName().equals(SAMPLE);
    return sample && event.getStackTrace() != null ? event.getStackTrace().getFrames() : List.of();
  }

  private static Optional<String> ours(List<RecordedFrame> frames) {
    return frames.stream().map(TopMethods::name).filter(n -> n.startsWith(RIFFLE)).findFirst();
  }

  private static String name(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return method.getType().getName() + "." + method.getName();
  }
}
