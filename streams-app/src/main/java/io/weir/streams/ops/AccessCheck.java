package io.weir.streams.ops;

import io.weir.streams.config.InputTopics;
import io.weir.streams.config.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Whether the brokers let this client do all that the processor will do, before the first event is
/// read: otherwise the first alert would find out that alerts may not be written.
///
/// Brokers do not tell everything in advance. What they grant to describe and not to use (a
/// transactional id), or a topic that is not there yet, is found out later, see [AccessRefusal].
public final class AccessCheck {
  private final Admin admin;

  private AccessCheck(Admin admin) {
    this.admin = admin;
  }

  /// Checks input topics, output topics and the group. Topics that are missing are not its matter.
  ///
  /// @throws StartRefusedException naming every missing right and how to grant it, or why the
  ///   brokers cannot be reached
  public static void events(Settings settings) throws StartRefusedException {
    try (Admin admin = BrokerConnection.open(settings)) {
      AccessCheck check = new AccessCheck(admin);
      check.refuseMissing(settings, RequiredAccess.events(settings, check.inputs(settings)));
    } catch (KafkaException e) {
      throw unexpected(settings, e);
    }
  }

  /// Checks what exactly-once and kept state need beyond that.
  ///
  /// @param changelogs the topics of what is kept between events
  /// @throws StartRefusedException naming every missing right and how to grant it
  public static void state(Settings settings, boolean exactlyOnce, Collection<String> changelogs)
      throws StartRefusedException {
    List<AccessRule> rules = new ArrayList<>();
    if (exactlyOnce) {
      rules.add(RequiredAccess.transactions(settings));
    }
    changelogs.forEach(topic -> rules.addAll(RequiredAccess.changelog(topic)));
    if (rules.isEmpty()) {
      return;
    }
    try (Admin admin = BrokerConnection.open(settings)) {
      new AccessCheck(admin).refuseMissing(settings, rules);
    } catch (KafkaException e) {
      throw unexpected(settings, e);
    }
  }

  private void refuseMissing(Settings settings, List<AccessRule> rules)
      throws StartRefusedException {
    List<AccessRule> missing = new ArrayList<>();
    for (AccessRule rule : rules) {
      if (!isGranted(rule)) {
        missing.add(rule);
      }
    }
    if (!missing.isEmpty()) {
      throw new StartRefusedException(
          "The brokers do not grant "
              + Principal.of(settings).shown()
              + " "
              + String.join(", ", missing.stream().map(AccessRule::text).toList())
              + ". Grant it:"
              + AccessRefusal.commands(settings, missing));
    }
  }

  private boolean isGranted(AccessRule rule) {
    try {
      return switch (rule.resource()) {
        case TOPIC ->
            rule.operation() == AclOperation.CREATE
                ? mayCreate(rule.name())
                : topicOperations(rule.name()).contains(rule.operation());
        case GROUP -> groupOperations(rule.name()).contains(rule.operation());
        case TRANSACTIONAL_ID -> isTransactionShown(rule.name());
        case ANY, CLUSTER, DELEGATION_TOKEN, UNKNOWN, USER ->
            throw new IllegalArgumentException("no processor needs " + rule);
      };
    } catch (AuthorizationException e) {
      return false;
    }
  }

  /// Of a topic that is not there, the brokers tell nothing.
  private Set<AclOperation> topicOperations(String topic) {
    try {
      Set<AclOperation> told =
          BrokerConnection.get(
                  admin
                      .describeTopics(
                          List.of(topic),
                          new DescribeTopicsOptions().includeAuthorizedOperations(true))
                      .topicNameValues()
                      .get(topic))
              .authorizedOperations();
      return told == null ? Set.of(AclOperation.values()) : told;
    } catch (UnknownTopicOrPartitionException e) {
      return Set.of(AclOperation.values());
    }
  }

  /// Who cannot create a topic that is there already lacks nothing.
  private boolean mayCreate(String topic) {
    return isThere(topic) || isCreationGranted(topic);
  }

  private boolean isThere(String topic) {
    try {
      BrokerConnection.get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
      return true;
    } catch (UnknownTopicOrPartitionException | AuthorizationException e) {
      return false;
    }
  }

  private boolean isCreationGranted(String topic) {
    try {
      BrokerConnection.get(
          admin
              .createTopics(
                  List.of(new NewTopic(topic, Optional.empty(), Optional.empty())),
                  new CreateTopicsOptions().validateOnly(true))
              .all());
      return true;
    } catch (TopicExistsException e) {
      return true;
    }
  }

  private Set<AclOperation> groupOperations(String group) {
    try {
      Set<AclOperation> told =
          BrokerConnection.get(
                  admin
                      .describeConsumerGroups(
                          List.of(group),
                          new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                      .describedGroups()
                      .get(group))
              .authorizedOperations();
      return told == null ? Set.of(AclOperation.values()) : told;
    } catch (GroupIdNotFoundException e) {
      return Set.of(AclOperation.values());
    }
  }

  /// Only whether it may be described can be asked without beginning a transaction; Write includes
  /// that.
  private boolean isTransactionShown(String prefix) {
    String id = prefix + "access-check";
    try {
      BrokerConnection.get(admin.describeTransactions(List.of(id)).description(id));
      return true;
    } catch (TransactionalIdNotFoundException e) {
      return true;
    }
  }

  private Collection<String> inputs(Settings settings) {
    return switch (settings.input()) {
      case InputTopics.Listed(List<String> topics) -> topics;
      // Brokers list the topics only that may be described.
      case InputTopics.Matching matching ->
          BrokerConnection.get(admin.listTopics().names()).stream()
              .filter(matching::includes)
              .toList();
    };
  }

  private static StartRefusedException unexpected(Settings settings, KafkaException e) {
    return new StartRefusedException(
        "The rights at bootstrap.servers = "
            + settings.bootstrapServers()
            + " cannot be checked: "
            + e.getMessage(),
        e);
  }
}
