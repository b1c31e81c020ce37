package io.riffle.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Main class of the child JVMs: runs another main class until the parent is gone.
 *
 * <p>Public because the {@code java} command starts it.
 */
public final class ServerMain {
  private ServerMain() {}

  /** First the main class, then its arguments. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(ServerMain::haltWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Nothing is ever sent: the read ends when the parent's end of the pipe is closed. */
  private static void haltWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Keep reading.
      }
    } catch (IOException e) {
      // The pipe broke, which says the same.
    }
    Runtime.getRuntime().halt(0);
  }
}
