package io.riffle.testing;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Servers in JUnit's root store: started once, closed when the run ends. */
final class SharedServer {
  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  private SharedServer() {}

  static <T extends AutoCloseable> T get(
      ExtensionContext context, Class<T> type, Supplier<T> start) {
    return forKey(context, type, type, start);
  }

  /** Something per test class, such as its database; nested classes share their outermost's. */
  static <T extends AutoCloseable> T perClass(
      ExtensionContext context, Class<T> type, Supplier<T> create) {
    return forKey(context, type.getName() + testClassName(context), type, create);
  }

  static String testClassName(ExtensionContext context) {
    Class<?> outermost = context.getRequiredTestClass();
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    return outermost.getName();
  }

  private static <T> T forKey(
      ExtensionContext context, Object key, Class<T> type, Supplier<T> create) {
    Store store = context.getRoot().getStore(NAMESPACE);
    return store.getOrComputeIfAbsent(key, ignored -> create.get(), type);
  }
}
