package io.riffle.infra.cli;

import io.riffle.infra.stack.LocalStack;
import io.riffle.infra.stack.RepositoryRoot;
import io.riffle.operations.site.SetName;
import io.riffle.operations.site.StackException;
import io.riffle.schemas.layout.Layouts;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** Options that every command takes; subcommands reach them by {@code @ParentCommand}. */
public final class StackOptions {
  @Option(
      names = "--set",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:RIFFLE_SET:-main}",
      converter = SetNameConverter.class,
      description = "Partition set (default: ${DEFAULT-VALUE}; bench and chaos: their own)")
  private SetName set = SetName.MAIN;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "table",
      description = "table or json (default: ${DEFAULT-VALUE})")
  private OutputFormat output = OutputFormat.TABLE;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:RIFFLE_HOME}",
      description =
          "The stack's data, logs and state (default: .riffle in the repository; "
              + "bench and chaos: .riffle-bench, .riffle-chaos)")
  private Path home;

  @Option(
      names = "--layouts",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:RIFFLE_LAYOUTS_FOLDER}",
      description = "Layout files that stand for those of the build (RIFFLE_LAYOUTS_FOLDER)")
  private Path layouts;

  public SetName set() {
    return set;
  }

  /** Whether one object for programs goes to stdout, and nothing else. */
  public boolean json() {
    return output == OutputFormat.JSON;
  }

  /** The stack's folder, where one was asked for. */
  public Optional<Path> home() {
    return Optional.ofNullable(home).map(Path::toAbsolutePath);
  }

  public Optional<Path> layoutsFolder() {
    return Optional.ofNullable(layouts).map(Path::toAbsolutePath);
  }

  /** The layouts that all commands and programs go by. */
  public Layouts layouts() {
    try {
      return layoutsFolder().map(Layouts::load).orElseGet(Layouts::load);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new StackException("--layouts: " + e.getMessage(), e);
    }
  }

  LocalStack stack() {
    Path root = RepositoryRoot.find();
    LocalStack.Builder stack =
        LocalStack.in(home == null ? root.resolve(".riffle") : home)
            .root(root)
            .set(set())
            .progress(System.err::println);
    layoutsFolder().ifPresent(stack::layouts);
    return stack.open();
  }

  /** A wrong name is wrong usage, not a failure. */
  private static final class SetNameConverter implements ITypeConverter<SetName> {
    @Override
    public SetName convert(String text) {
      try {
        return new SetName(text);
      } catch (StackException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
