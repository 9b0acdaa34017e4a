package io.weir.streams.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.streams.fixture.MonitoringFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The shipped dashboard and rules are whole; whether their metrics exist is asked of a running
/// application.
class MonitoringFilesTest {
  @Test
  void everyPanelHasATitleAUnitAPlaceAndQueriesOnTheChosenInstances() throws Exception {
    List<JsonNode> panels = MonitoringFiles.panels();
    assertThat(panels).hasSizeGreaterThan(15);
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(panel.path("description").asText()).as(title).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
      assertThat(ids.add(panel.path("id").asInt())).as(title + ": its own id").isTrue();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(selectors(target.path("expr").asText()))
            .as(title)
            .isNotEmpty()
            .allMatch(
                selector ->
                    selector.contains("application=~\"$application\"")
                        && selector.contains("instance=~\"$instance\""));
      }
    }
  }

  @Test
  void panelsDoNotOverlapAndStayOnTheGrid() throws Exception {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : MonitoringFiles.panels()) {
      JsonNode at = panel.path("gridPos");
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        assertThat(x).isLessThan(24);
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          assertThat(taken.add(x + "/" + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void applicationAndInstanceAreChosenFromASourceThatIsChosen() throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode variable : MonitoringFiles.dashboard().at("/templating/list")) {
      names.add(variable.get("name").asText() + " " + variable.get("type").asText());
    }
    assertThat(names)
        .containsExactly("datasource datasource", "application query", "instance query");
  }

  @Test
  void whatAnOperatorLooksForIsOnTheDashboard() throws Exception {
    assertThat(MonitoringFiles.dashboardMetrics())
        .contains(
            "weir_events_scored_total",
            "weir_alerts_total",
            "weir_score_bucket",
            "weir_threshold",
            "weir_dead_letters_total",
            "weir_inference_seconds_bucket",
            "weir_batch_size_bucket",
            "weir_model_info",
            "kafka_consumer_fetch_manager_records_lag",
            "kafka_consumer_coordinator_rebalance_total",
            "kafka_stream_thread_process_ratio",
            "jvm_memory_used_bytes",
            "jvm_gc_pause_seconds_sum");
  }

  @Test
  void everyRuleHasAnExpressionATimeASeverityAndWords() throws Exception {
    String[] rules = MonitoringFiles.rules().split("      - alert: ");
    assertThat(rules).hasSizeGreaterThan(8);
    for (int i = 1; i < rules.length; i++) {
      assertThat(rules[i])
          .startsWith("Weir")
          .containsPattern("\n        expr: ")
          .containsPattern("\n        for: \\d+m\n")
          .containsPattern("\n          severity: (info|warning|critical)\n")
          .containsPattern("\n          summary: ")
          .containsPattern("\n          description: ");
    }
    assertThat(MonitoringFiles.ruleExpressions()).hasSize(rules.length - 1);
    assertThat(MonitoringFiles.ruleMetrics())
        .contains(
            "weir_ready",
            "weir_events_scored_total",
            "weir_alerts_total",
            "weir_dead_letters_total",
            "kafka_consumer_fetch_manager_records_lag");
  }

  private static List<String> selectors(String expression) {
    List<String> selectors = new ArrayList<>();
    Matcher metric =
        Pattern.compile("\\b(?:weir|kafka|jvm|process|system)_[a-z0-9_]+(\\{[^}]*})?")
            .matcher(expression);
    while (metric.find()) {
      selectors.add(metric.group(1) == null ? "none" : metric.group(1));
    }
    return selectors;
  }
}
