package io.weir.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/// Key stores and trust stores for trials of TLS, made by the keytool of this JDK.
public final class Certificates {
  /// Of every store.
  public static final String PASSWORD = "kept-out-of-logs-1";

  private static final String ALIAS = "key";

  private final Path directory;

  public Certificates(Path directory) {
    this.directory = directory;
  }

  /// A key with a certificate of its own.
  ///
  /// @param commonName CN of the certificate
  /// @param names what a server of it may be called, such as `IP:127.0.0.1`
  public Path keyStore(String commonName, List<String> names)
      throws IOException, InterruptedException {
    Path store = directory.resolve(commonName + "-keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "SAN=" + String.join(",", names),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    return store;
  }

  /// A store of the certificates of keys.
  public Path trustStore(String name, List<Path> keyStores)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (Path keyStore : keyStores) {
      trusted.setCertificateEntry(
          keyStore.getFileName().toString(), read(keyStore).getCertificate(ALIAS));
    }
    Path store = directory.resolve(name + "-trust.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return store;
  }

  /// A store as Java has it.
  public static KeyStore read(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
