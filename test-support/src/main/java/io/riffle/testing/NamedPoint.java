package io.riffle.testing;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequestManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes a child JVM stand still where a method begins, so that it can be killed exactly there. The
 * programs need no hooks for it: the test is their debugger. For one thread and one child.
 */
public final class NamedPoint implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** A method to stop at, the so many-th time it is called since the stop before. */
  public record Call(String className, String method, int times) {}

  private final ListeningConnector connector;
  private final Map<String, Connector.Argument> arguments;
  private final String address;
  private final List<Call> calls;
  private VirtualMachine machine;

  private NamedPoint(List<Call> calls) throws IOException, IllegalConnectorArgumentsException {
    this.calls = calls;
    this.connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(found -> found.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    this.arguments = connector.defaultArguments();
    arguments.get("localAddress").setValue("127.0.0.1");
    arguments.get("timeout").setValue(Long.toString(LIMIT.toMillis()));
    this.address = connector.startListening(arguments);
  }

  /** The place where the last of these calls is reached, each after the one before it. */
  public static NamedPoint at(Call... calls) {
    try {
      return new NamedPoint(List.of(calls));
    } catch (IOException | IllegalConnectorArgumentsException e) {
      throw new IllegalStateException("no debugger", e);
    }
  }

  /** To be given to the child: it waits for {@link #reach} before it runs its main class. */
  public String jvmOption() {
    String port = address.substring(address.lastIndexOf(':') + 1);
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port;
  }

  /** Lets the child run to the point, and leaves it there with all its threads. */
  public void reach() {
    try {
      machine = connector.accept(arguments);
      for (Call call : calls) {
        runTo(call);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets a child that stands at the point go on, without a debugger. */
  public void release() {
    try {
      machine.dispose();
    } catch (VMDisconnectedException e) {
      // The child is gone.
    }
  }

  @Override
  public void close() {
    if (machine != null) {
      release();
    }
    try {
      connector.stopListening(arguments);
    } catch (IOException | IllegalConnectorArgumentsException e) {
      // It has stopped with the first child.
    }
  }

  private void runTo(Call call) throws InterruptedException {
    EventRequestManager requests = machine.eventRequestManager();
    ClassPrepareRequest loading = requests.createClassPrepareRequest();
    loading.addClassFilter(call.className());
    loading.enable();
    machine.classesByName(call.className()).forEach(type -> stopIn(type, call));
    machine.resume();
    awaitCalls(call);
    requests.deleteEventRequest(loading);
    requests.deleteAllBreakpoints();
  }

  private void awaitCalls(Call call) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    int seen = 0;
    while (seen < call.times()) {
      EventSet events = machine.eventQueue().remove(LIMIT.toMillis());
      if (events == null || System.nanoTime() > deadline) {
        throw new IllegalStateException(call + " was not reached");
      }
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepared) {
          stopIn(prepared.referenceType(), call);
        }
        seen += event instanceof BreakpointEvent ? 1 : 0;
      }
      if (seen < call.times()) {
        events.resume();
      }
    }
  }

  private void stopIn(ReferenceType type, Call call) {
    type.methodsByName(call.method()).stream()
        .filter(method -> !method.isAbstract() && !method.isBridge())
        .forEach(
            method ->
                machine.eventRequestManager().createBreakpointRequest(method.location()).enable());
  }
}
