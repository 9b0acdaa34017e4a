package io.weir.helm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The objects that Helm makes of the chart, each read by its model in the strict way: a field that
/// the API does not have is an error.
record Rendered(List<Object> objects) {
  static final Path CHART = Path.of("weir");

  /// The least that an installation must say.
  static final String LEAST =
      """
      streams:
        applicationId: fraud
        bootstrapServers: broker-0:9092,broker-1:9092
        schemaRegistryUrl: http://registry:8081
        inputTopics: [payments]
      model:
        existingClaim: models
      """;

  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "apps/v1 StatefulSet", StatefulSet.class,
          "v1 Service", Service.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
          "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class,
          "keda.sh/v1alpha1 ScaledObject", ScaledObject.class,
          "kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class,
          "kafka.strimzi.io/v1 KafkaUser", KafkaUser.class);

  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new WithoutAnySetters())
          .build();

  /// Renders as release `prod` in namespace `fraud`.
  ///
  /// @param values YAML files, later ones win
  /// @throws RuntimeException with Helm's message if the chart or its schema refuses
  static Rendered of(String... values) {
    List<Path> files = new ArrayList<>();
    try {
      var command =
          new Helm(CHART)
              .template()
              .withName("prod")
              .withNamespace("fraud")
              .withKubeVersion("1.34.0");
      for (String text : values) {
        Path file = Files.createTempFile("values", ".yaml");
        files.add(file);
        Files.writeString(file, text);
        command.withValuesFile(file);
      }
      return parse(command.call());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      files.forEach(file -> file.toFile().delete());
    }
  }

  private static Rendered parse(String yaml) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (var documents =
        STRICT.readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(yaml))) {
      while (documents.hasNext()) {
        if (documents.next() instanceof JsonNode document && document.isObject()) {
          String type = document.path("apiVersion").asText() + " " + document.path("kind").asText();
          if (!MODELS.containsKey(type)) {
            throw new AssertionError("the chart makes a " + type + ", for which there is no model");
          }
          objects.add(STRICT.treeToValue(document, MODELS.get(type)));
        }
      }
    }
    return new Rendered(objects);
  }

  <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T> T only(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type.getSimpleName() + ", not one");
    }
    return found.getFirst();
  }

  StatefulSet statefulSet() {
    return only(StatefulSet.class);
  }

  Container weir() {
    return statefulSet().getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  /// The models put what they do not know into a map of its own, so that nothing would be unknown.
  private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
