package io.weir.local;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LocalRegistryTest implements RegistryContract {

  private static LocalRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = LocalRegistry.start(0);
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  @Override
  public String url() {
    return registry.url();
  }
}
