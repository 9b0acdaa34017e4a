package io.weir.streams.ops;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/// One right that the processor needs on the brokers.
///
/// @param resource topic, group or transactional id
/// @param pattern whether `name` is the whole name or its beginning
/// @param name of the resource
/// @param operation what is done with it; Describe is part of Read and of Write
/// @param setting where the name comes from
public record AccessRule(
    ResourceType resource,
    PatternType pattern,
    String name,
    AclOperation operation,
    String setting) {

  /// What is missing, for a message: `Write on topic payments-alerts (weir.alerts.topic)`.
  String text() {
    return "%s on %s%s %s (%s)"
        .formatted(
            operationName(),
            resourceName(),
            pattern == PatternType.PREFIXED ? "s that start with" : "",
            name,
            setting);
  }

  /// The options of `kafka-acls.sh` that name the right: `--operation Write --topic alerts`.
  public String options() {
    String type = pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
    return "--operation "
        + operationName()
        + " --"
        + resourceName().replace(' ', '-')
        + " "
        + name
        + type;
  }

  private String operationName() {
    String name = operation.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private String resourceName() {
    return resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
