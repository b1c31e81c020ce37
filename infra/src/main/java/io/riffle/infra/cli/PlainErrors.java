package io.riffle.infra.cli;

import io.riffle.infra.site.StackException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A message for a person; a stack trace only for what nobody expected. */
final class PlainErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof StackException) {
      err.println("riffle: " + failure.getMessage());
    } else {
      err.println("riffle: unexpected error, please report it");
      failure.printStackTrace(err);
    }
    return Riffle.NOT_OK;
  }
}
