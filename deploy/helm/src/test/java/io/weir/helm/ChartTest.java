package io.weir.helm;

import static io.weir.helm.Rendered.LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the chart makes, and what it refuses.
class ChartTest {
  @Test
  void theDefaultsPassHelmsOwnCheck() {
    var result = new Helm(Rendered.CHART).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void appVersionIsTheProjectsSoThatTheImageIsFound() throws Exception {
    String chart = Files.readString(Rendered.CHART.resolve("Chart.yaml"));
    String pom = Files.readString(Path.of("pom.xml"));
    String version =
        pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"))
            .replace("-SNAPSHOT", "");
    assertThat(chart).contains("appVersion: \"" + version + "\"");
    assertThat(Rendered.of(LEAST).weir().getImage()).isEqualTo("weir/weir:" + version);
  }

  @Test
  void theLeastMakesAStatefulSetWithStateProbesAndService() {
    Rendered chart = Rendered.of(LEAST);
    StatefulSet set = chart.statefulSet();
    assertThat(set.getMetadata().getName()).isEqualTo("prod-weir");
    assertThat(set.getSpec().getReplicas()).isOne();
    assertThat(set.getSpec().getServiceName())
        .isEqualTo(chart.only(Service.class).getMetadata().getName());
    assertThat(chart.only(Service.class).getSpec().getClusterIP()).isEqualTo("None");
    assertThat(set.getSpec().getSelector().getMatchLabels())
        .isEqualTo(chart.only(Service.class).getSpec().getSelector())
        .isEqualTo(chart.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
    assertThat(set.getSpec().getVolumeClaimTemplates())
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.getMetadata().getName()).isEqualTo("state");
              assertThat(claim.getSpec().getResources().getRequests().get("storage"))
                  .hasToString("10Gi");
            });
    Container weir = chart.weir();
    assertThat(weir.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(weir.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
    assertThat(weir.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
    assertThat(weir.getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(8080));
    assertThat(mounts(weir))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("/var/lib/weir/state", "state", "/tmp", "tmp", "/models", "model"));
    assertThat(chart.objects()).hasSize(4);
  }

  @Test
  void nothingRunsAsRootOrWritesOutsideItsVolumes() {
    Rendered copying =
        Rendered.of(
            LEAST, "model: {existingClaim: '', image: {reference: 'models:1', mode: copy}}");
    PodSpec pod = copying.statefulSet().getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
    assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(10001);
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(10001);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(copying.only(ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(List.of(pod.getContainers().getFirst(), pod.getInitContainers().getFirst()))
        .allSatisfy(
            container -> {
              var context = container.getSecurityContext();
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(context.getPrivileged()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({"30000, 45", "30001, 46", "120000, 135", "1000, 45"})
  void aPodIsKilledLaterThanTheProcessorEndsByItself(long timeoutMs, long seconds) {
    Rendered chart =
        Rendered.of(
            LEAST, "streams: {config: {weir.shutdown.timeout.ms: %d}}".formatted(timeoutMs));
    assertThat(
            chart
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTerminationGracePeriodSeconds())
        .isEqualTo(seconds);
  }

  @Test
  void theModelComesFromAClaimOrAnImage() {
    assertThat(volume(Rendered.of(LEAST)).getPersistentVolumeClaim().getClaimName())
        .isEqualTo("models");
    String image = "model: {existingClaim: '', file: a/b.onnx, image: {reference: 'models:1'%s}}";
    Rendered mounted = Rendered.of(LEAST, image.formatted(""));
    assertThat(volume(mounted).getImage().getReference()).isEqualTo("models:1");
    assertThat(Environment.of(mounted)).containsEntry("WEIR_MODEL_FILE", "/models/a/b.onnx");
    Rendered copied = Rendered.of(LEAST, image.formatted(", mode: copy"));
    assertThat(
            copied
                .statefulSet()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers()
                .getFirst()
                .getCommand())
        .containsExactly("cp", "/a/b.onnx", "/models/model.onnx");
    assertThat(Environment.of(copied)).containsEntry("WEIR_MODEL_FILE", "/models/model.onnx");
  }

  private static io.fabric8.kubernetes.api.model.Volume volume(Rendered chart) {
    return chart.statefulSet().getSpec().getTemplate().getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals("model"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatPeopleSetOnPodsArrivesThere() {
    Rendered chart =
        Rendered.of(
            LEAST,
            """
            replicaCount: 3
            image: {repository: registry.example/weir, tag: 1.2.3-cuda, pullPolicy: Always}
            imagePullSecrets: [{name: pull}]
            podAnnotations: {a: b}
            podLabels: {team: fraud}
            nodeSelector: {disk: ssd}
            tolerations: [{key: gpu, operator: Exists}]
            affinity: {nodeAffinity: {}}
            topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
            priorityClassName: high
            resources: {limits: {nvidia.com/gpu: 1}}
            serviceAccount: {create: false, name: mine}
            existingSecret: credentials
            tls: {existingSecret: certificates}
            persistence: {enabled: false}
            javaOptions: -Xmx1g
            extraEnv: [{name: TZ, value: UTC}]
            extraVolumes: [{name: more, emptyDir: {}}]
            extraVolumeMounts: [{name: more, mountPath: /more}]
            """);
    StatefulSet set = chart.statefulSet();
    PodSpec pod = set.getSpec().getTemplate().getSpec();
    assertThat(set.getSpec().getReplicas()).isEqualTo(3);
    assertThat(set.getSpec().getVolumeClaimTemplates()).isEmpty();
    assertThat(pod.getServiceAccountName()).isEqualTo("mine");
    assertThat(pod.getImagePullSecrets().getFirst().getName()).isEqualTo("pull");
    assertThat(set.getSpec().getTemplate().getMetadata().getAnnotations()).containsEntry("a", "b");
    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry("team", "fraud");
    assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
    assertThat(pod.getTopologySpreadConstraints()).hasSize(1);
    assertThat(pod.getPriorityClassName()).isEqualTo("high");
    assertThat(chart.weir().getImage()).isEqualTo("registry.example/weir:1.2.3-cuda");
    assertThat(chart.weir().getEnvFrom().getFirst().getSecretRef().getName())
        .isEqualTo("credentials");
    assertThat(mounts(chart.weir()))
        .containsEntry("/etc/weir/tls", "tls")
        .containsEntry("/more", "more")
        .containsEntry("/var/lib/weir/state", "state");
    assertThat(Environment.of(chart))
        .containsEntry("WEIR_JAVA_OPTS", "-Xmx1g")
        .containsEntry("TZ", "UTC");
    assertThat(chart.all(ServiceAccount.class)).isEmpty();
  }

  @Test
  void monitoringAndNetworkPolicyFindThePods() {
    Rendered chart =
        Rendered.of(
            LEAST,
            """
            metrics:
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              prometheusRule:
                enabled: true
                groups:
                  - name: weir
                    rules: [{alert: WeirDown, expr: 'up == 0', for: 5m}]
            networkPolicy:
              enabled: true
              egress: [{ports: [{port: 9092, protocol: TCP}]}]
            """);
    Map<String, String> pods = chart.statefulSet().getSpec().getSelector().getMatchLabels();
    ServiceMonitor monitor = chart.only(ServiceMonitor.class);
    assertThat(monitor.getSpec().getSelector().getMatchLabels()).isEqualTo(pods);
    assertThat(monitor.getSpec().getEndpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getPath()).isEqualTo("/metrics");
              assertThat(endpoint.getPort())
                  .isEqualTo(chart.only(Service.class).getSpec().getPorts().getFirst().getName());
            });
    assertThat(chart.only(PrometheusRule.class).getSpec().getGroups()).hasSize(1);
    NetworkPolicy policy = chart.only(NetworkPolicy.class);
    assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(pods);
    assertThat(policy.getSpec().getEgress()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streams: {applicationId: ''} | streams.applicationId is required",
        "streams: {inputTopics: []} | give streams.inputTopics, or streams.inputPattern",
        "streams: {inputPattern: 'p.*'} | not both",
        "model: {existingClaim: ''} | model.existingClaim",
        "model: {image: {reference: 'm:1'}} | not both",
        "streams: {config: {application.id: x}} | use streams.applicationId",
        "streams: {config: {ssl.keystore.password: x}} | WEIR_KAFKA_SSL_KEYSTORE_PASSWORD",
        "{replicaCount: 5, streams: {inputPartitions: 4}} | give work to 4 instances",
        "strimzi: {user: {enabled: true}} | strimzi.cluster",
      })
  void whatCannotRunIsRefusedWithItsCure(String values, String said) {
    assertThatThrownBy(() -> Rendered.of(LEAST, values)).hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: 3",
        "stream: {applicationId: x}",
        "streams: {aplicationId: x}",
        "image: {pullPolicy: Sometimes}",
        "replicaCount: many",
        "persistence: {size: big}",
        "autoscaling: {keda: {enable: true}}",
        "streams: {bootstrapServers: broker}",
        "livenessProbe: {httpGet: {}}",
      })
  void unknownAndMisspeltValuesAreRefused(String values) {
    assertThatThrownBy(() -> Rendered.of(LEAST, values)).hasMessageContaining("schema");
  }

  private static Map<String, String> mounts(Container container) {
    return container.getVolumeMounts().stream()
        .collect(
            java.util.stream.Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));
  }
}
