package io.weir.streams.config;

import io.weir.schemas.NearestNames;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;

/// The settings that the registry's official client has, below Weir's prefix.
final class RegistryClientKeys {
  /// The client has no ConfigDef: these are the names it looks for.
  private static final Set<String> NAMES =
      Set.of(
          "basic.auth.credentials.source",
          "basic.auth.user.info",
          "bearer.auth.cache.expiry.buffer.seconds",
          "bearer.auth.client.id",
          "bearer.auth.client.secret",
          "bearer.auth.credentials.source",
          "bearer.auth.custom.provider.class",
          "bearer.auth.identity.pool.id",
          "bearer.auth.issuer.endpoint.url",
          "bearer.auth.logical.cluster",
          "bearer.auth.scope",
          "bearer.auth.scope.claim.name",
          "bearer.auth.sub.claim.name",
          "bearer.auth.token",
          "http.connect.timeout.ms",
          "http.read.timeout.ms",
          "latest.cache.ttl.sec",
          "max.retries",
          "missing.cache.size",
          "missing.id.cache.ttl.sec",
          "missing.schema.cache.ttl.sec",
          "missing.version.cache.ttl.sec",
          "proxy.host",
          "proxy.port",
          "retries.max.wait.ms",
          "retries.wait.ms",
          "schema.registry.basic.auth.user.info",
          "url.randomize");

  private RegistryClientKeys() {}

  /// Without Weir's prefix, those for TLS included.
  static Set<String> names() {
    Set<String> names = new TreeSet<>(NAMES);
    names.addAll(new ConfigDef().withClientSslSupport().names());
    return names;
  }

  /// What to say about a key below Weir's prefix that nobody knows; empty if somebody does. A key
  /// that is not known is passed on nevertheless: an authentication plug-in may read it.
  static Optional<String> warning(String key, String source, Collection<String> own) {
    Set<String> known = new TreeSet<>();
    names().forEach(name -> known.add(SettingKeys.REGISTRY_PREFIX + name));
    own.stream().filter(name -> name.startsWith(SettingKeys.REGISTRY_PREFIX)).forEach(known::add);
    return known.contains(key)
        ? Optional.empty()
        : Optional.of(
            "neither Weir nor the registry's client has a setting "
                + key
                + " (from the "
                + source
                + "), it is only passed on"
                + NearestNames.of(key, known).map(near -> "; the nearest is " + near).orElse(""));
  }
}
