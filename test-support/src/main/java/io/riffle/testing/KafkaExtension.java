package io.riffle.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives {@link TestKafka} parameters: the broker that all test classes of the JVM share. */
public final class KafkaExtension extends ServerExtension<TestKafka> {
  public KafkaExtension() {
    super(TestKafka.class);
  }

  @Override
  TestKafka resolve(ExtensionContext context) {
    return SharedServer.get(context, TestKafka.class, TestKafka::start);
  }
}
