package io.riffle.schemas.registry;

import io.riffle.config.ConfigException;
import io.riffle.schemas.registry.RegistryConfig.Store;
import io.riffle.schemas.registry.RegistryConfig.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust and key store files to an {@link SSLContext}; the client verifies host names itself. */
final class TlsContext {
  private TlsContext() {}

  /** Empty when nothing is configured: the JVM's own trust store serves. */
  static Optional<SSLContext> of(Tls tls) {
    if (tls.trust().isEmpty() && tls.key().isEmpty()) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls.key()), trust(tls.trust()), null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new ConfigException("registry.keystore", "", "cannot be used: " + e.getMessage());
    }
  }

  private static KeyManager[] keys(Optional<Store> store) throws GeneralSecurityException {
    if (store.isEmpty()) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(open("registry.keystore", store.get()), password(store.get()));
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(Optional<Store> store) throws GeneralSecurityException {
    if (store.isEmpty()) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(open("registry.truststore", store.get()));
    return factory.getTrustManagers();
  }

  private static KeyStore open(String key, Store store) {
    try {
      return KeyStore.getInstance(store.file().toFile(), password(store));
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(key, store.file(), "cannot be read: " + e.getMessage());
    }
  }

  private static char[] password(Store store) {
    return store.password().reveal().toCharArray();
  }
}
