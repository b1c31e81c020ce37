package io.riffle.infra.cli;

/**
 * A subcommand that another module brings: a picocli command with a constructor that takes nothing,
 * named in {@code META-INF/services}. Its {@code @ParentCommand} is {@link Riffle}.
 */
public interface ModuleCommand {}
