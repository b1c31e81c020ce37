package io.riffle.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Resolves parameters of one type. */
abstract class ServerExtension<T> implements ParameterResolver {
  private final Class<T> type;

  ServerExtension(Class<T> type) {
    this.type = type;
  }

  abstract T resolve(ExtensionContext context);

  @Override
  public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return resolve(context);
  }
}
