package io.weir.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The same list as for [LocalRegistry], against another vendor's registry: what passes against
/// both is what registries do.
///
/// Maven's profile `apicurio` fetches the registry (158 MB) and names its directory.
@EnabledIfSystemProperty(
    named = ApicurioIT.HOME,
    matches = ".+",
    disabledReason = "run Maven with -P apicurio")
class ApicurioIT implements RegistryContract {

  static final String HOME = "apicurio.home";

  private static ApicurioProcess apicurio;

  @BeforeAll
  static void start() throws Exception {
    Path home = Path.of(System.getProperty(HOME));
    apicurio = ApicurioProcess.start(home, home.resolveSibling("apicurio.log"));
  }

  @AfterAll
  static void close() {
    if (apicurio != null) {
      apicurio.close();
    }
  }

  @Override
  public String url() {
    return apicurio.url();
  }

  @Override
  public Set<Deviation> deviations() {
    return EnumSet.allOf(Deviation.class);
  }
}
