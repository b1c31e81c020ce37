package io.riffle.testing;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives {@link TestS3} parameters: the S3 server that all test classes of the JVM share. */
public final class S3Extension extends ServerExtension<TestS3> {
  public S3Extension() {
    super(TestS3.class);
  }

  @Override
  TestS3 resolve(ExtensionContext context) {
    return SharedServer.get(context, TestS3.class, TestS3::start);
  }
}
