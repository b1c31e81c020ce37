package io.riffle.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives {@link TestRegistry} parameters: the schema registry that all test classes of the JVM
 * share.
 */
public final class RegistryExtension extends ServerExtension<TestRegistry> {
  public RegistryExtension() {
    super(TestRegistry.class);
  }

  @Override
  TestRegistry resolve(ExtensionContext context) {
    return SharedServer.get(context, TestRegistry.class, TestRegistry::start);
  }
}
