package io.riffle.infra.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to run.
 *
 * @param environment added to ours
 * @param contents texts that the process reads when it starts (rendered configuration, checksums of
 *     our own jars): a change of these means that a running process is out of date
 */
public record Launch(List<String> command, Map<String, String> environment, List<String> contents) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    contents = List.copyOf(contents);
  }

  /** Equal for two launches that would run the same. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      command.forEach(word -> add(digest, word));
      new TreeMap<>(environment).forEach((name, value) -> add(digest, name + "=" + value));
      contents.forEach(text -> add(digest, text));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Environment holds passwords. */
  @Override
  public String toString() {
    return "Launch" + command;
  }
}
