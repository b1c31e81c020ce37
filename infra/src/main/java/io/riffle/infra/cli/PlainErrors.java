package io.riffle.infra.cli;

import io.riffle.cdc.source.SourceException;
import io.riffle.infra.dump.DumpException;
import io.riffle.operations.client.Outage;
import io.riffle.operations.load.LoadException;
import io.riffle.operations.replay.ReplayException;
import io.riffle.operations.site.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A message for a person; a stack trace only for what nobody expected. */
final class PlainErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (isInterrupted()) {
      err.println("riffle: interrupted");
    } else if (isRefusedConnection(failure)) {
      err.println("riffle: Postgres does not answer: is the stack up? (riffle status, riffle up)");
    } else if (failure instanceof SdkClientException) {
      err.println("riffle: S3 does not answer: is the stack up? (riffle status, riffle up)");
    } else if (isExpected(failure)) {
      err.println("riffle: " + message(failure));
    } else {
      err.println("riffle: unexpected error, please report it");
      failure.printStackTrace(err);
    }
    return Riffle.NOT_OK;
  }

  /** Whether this process ends already: what it worked with is being closed under its hands. */
  private static boolean isInterrupted() {
    Thread hook = new Thread(() -> {}, "never-run");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** No connection, or a server that starts or stops. */
  private static boolean isRefusedConnection(Exception failure) {
    return failure instanceof SQLException refused && Outage.isWhy(refused);
  }

  private static boolean isExpected(Exception failure) {
    return failure instanceof StackException
        || failure instanceof SourceException
        || failure instanceof LoadException
        || failure instanceof ReplayException
        || failure instanceof DumpException
        || failure instanceof IOException
        || failure instanceof UncheckedIOException;
  }

  /** Messages of I/O errors are often a bare path: the cause's type says what is wrong with it. */
  private static String message(Exception failure) {
    Throwable io = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    return io instanceof IOException
        ? failure.getMessage() + " (" + io.getClass().getSimpleName() + ")"
        : failure.getMessage();
  }
}
