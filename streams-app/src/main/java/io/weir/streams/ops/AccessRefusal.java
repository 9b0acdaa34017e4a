package io.weir.streams.ops;

import io.weir.streams.config.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/// What to say when the brokers refuse a running processor: rights or passwords were withdrawn, or
/// could not be asked for at start.
public final class AccessRefusal {
  private static final String AGAIN =
      " Nothing is lost: what is not committed is done again at the next start.";

  private final Settings settings;
  private final List<AccessRule> rules;

  /// @param rules what the processor needs, see [RequiredAccess]
  public AccessRefusal(Settings settings, List<AccessRule> rules) {
    this.settings = settings;
    this.rules = List.copyOf(rules);
  }

  /// The message; empty if something else is the cause.
  public Optional<String> message(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException refusal) {
        return Optional.of(refused(refusal));
      }
      if (cause instanceof AuthenticationException refusal) {
        return Optional.of(
            "The brokers at bootstrap.servers = %s refuse the log-in of %s: %s. Check its password and certificates."
                    .formatted(
                        settings.bootstrapServers(),
                        Principal.of(settings).shown(),
                        refusal.getMessage())
                + AGAIN);
      }
    }
    return Optional.empty();
  }

  private String refused(AuthorizationException refusal) {
    List<AccessRule> missing =
        switch (refusal) {
          case TopicAuthorizationException e -> named(ResourceType.TOPIC, e.unauthorizedTopics());
          case GroupAuthorizationException e ->
              named(ResourceType.GROUP, Set.of(String.valueOf(e.groupId())));
          case TransactionalIdAuthorizationException _ ->
              rules.stream().filter(r -> r.resource() == ResourceType.TRANSACTIONAL_ID).toList();
          default -> List.of();
        };
    String principal = Principal.of(settings).shown();
    if (missing.isEmpty()) {
      return "The brokers refuse %s: %s.".formatted(principal, refusal.getMessage()) + AGAIN;
    }
    return "The brokers refuse %s, which needs %s.%s Grant it:%s"
        .formatted(
            principal,
            missing.stream().map(AccessRule::text).collect(Collectors.joining(", ")),
            AGAIN,
            commands(settings, missing));
  }

  private List<AccessRule> named(ResourceType resource, Set<String> names) {
    return rules.stream()
        .filter(rule -> rule.resource() == resource && names.contains(rule.name()))
        .toList();
  }

  /// One line for each right.
  static String commands(Settings settings, List<AccessRule> missing) {
    return missing.stream()
        .map(
            rule ->
                "\n  kafka-acls.sh --bootstrap-server %s --add --allow-principal %s %s"
                    .formatted(
                        settings.bootstrapServers(),
                        Principal.of(settings).shown(),
                        rule.options()))
        .collect(Collectors.joining());
  }
}
