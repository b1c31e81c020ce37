package io.riffle.sink;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the COMMIT of a session among its bytes. The driver sends the word once, with a name for
 * the statement, and from then on the name alone.
 */
final class CommitSpotter implements Predicate<byte[]> {
  private static final String COMMIT = "COMMIT\0";

  private Optional<String> name = Optional.empty();
  private boolean armed;

  /** From now on a COMMIT is what is looked for; before, only its name is learnt. */
  synchronized void arm() {
    armed = true;
  }

  @Override
  public synchronized boolean test(byte[] chunk) {
    String text = new String(chunk, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("\0" + COMMIT);
    if (at >= 0) {
      name = Optional.of(text.substring(text.lastIndexOf('\0', at - 1) + 1, at)).map(this::clean);
    }
    boolean named = name.isPresent() && text.contains("\0" + name.get() + "\0");
    return armed && (at >= 0 || named);
  }

  /** Without the type and the length of the message, which may have no zero among them. */
  private String clean(String text) {
    return text.substring(Math.max(0, text.indexOf("S_")));
  }
}
