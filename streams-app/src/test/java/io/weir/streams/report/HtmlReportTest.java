package io.weir.streams.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.streams.replay.ReplayResult;
import io.weir.streams.replay.ReplayResults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final String HOSTILE =
      "</script><img src=x onerror=\"alert('1')\">\u202eevil\u001b[2J";
  private static final Set<String> VOID = Set.of("meta", "!doctype");

  @TempDir Path folder;
  private String example;

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = ReplayResults.class.getResourceAsStream(ReplayResults.FILE)) {
      example = new String(in.readAllBytes());
    }
  }

  @Test
  void theEmbeddedResultIsTheResult() throws IOException {
    ReplayResult result = result(example);
    assertThat(embedded(HtmlReport.of(result))).isEqualTo(result);
  }

  @Test
  void nothingIsLoadedFromAnywhere() throws IOException {
    String own = withoutLibrary(HtmlReport.of(result(example)));
    for (String loads :
        List.of("http:", "https:", " src=", "<link", "@import", "url(", "fetch(", "innerHTML")) {
      assertThat(own.contains(loads)).as(loads).isFalse();
    }
    assertThat(own.contains("default-src &#39;none&#39;")).isTrue();
  }

  @Test
  void elementsNestAndEveryChartHasItsTable() throws IOException {
    String html = withoutLibrary(HtmlReport.of(result(example)));
    nests(html);
    assertThat(html)
        .contains("<html lang=\"en\">", "<title>Replay of payments</title>", "role=\"img\"");
    for (String caption :
        List.of(
            "Models and thresholds",
            "Distribution of the scores",
            "By hour of the day, in UTC",
            "By day, in UTC",
            "Keys with the most alerts",
            "Features that explain the alerts",
            "Highest alerts",
            "Thresholds",
            "Severity by A and by B",
            "Partitions")) {
      assertThat(html).contains("<caption>" + caption + "</caption>");
    }
    assertThat(html)
        .contains("km_per_hour 319 where 33.1 was expected")
        .contains("<td class=\"text\"><span>quantile:0.999 (this replay)</span></td>")
        .contains("49.4 %")
        .contains("1 in 120,000")
        .contains("payments/0/1000")
        .contains("(no key)");
  }

  @Test
  void oneModelWithoutAlertsOrLabelsHasAReportToo() throws IOException {
    ReplayResult two = result(example);
    ReplayResult.Model model = two.models().getFirst();
    ReplayResult.Model quiet =
        new ReplayResult.Model(
            model.name(),
            model.version(),
            model.sha256(),
            model.file(),
            1,
            model.thresholds(),
            model.counts(),
            List.of(),
            new ReplayResult.OverTime(1, List.of()),
            model.hours(),
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of(),
            model.sweep().subList(0, 1),
            List.of());
    String html =
        withoutLibrary(
            HtmlReport.of(
                new ReplayResult(1, "r", two.range(), List.of(quiet), null, null, List.of())));
    nests(html);
    assertThat(html)
        .contains("No alert, so no key.", "No alert.")
        .doesNotContain("Both models", "Other thresholds", "Labels from");
  }

  @Test
  void whatComesFromOutsideStaysText() throws IOException {
    String quoted = new ObjectMapper().writeValueAsString(HOSTILE);
    String hostile = example;
    for (String text :
        List.of(
            "card-0000",
            "card-0001",
            "payments-1.onnx",
            "amount_to_usual",
            "km_per_hour 319"
                + " where 33.1 was expected; merchant travel where grocery was expected",
            "fraud.csv")) {
      assertThat(hostile).contains('"' + text + '"');
      hostile = hostile.replace('"' + text + '"', quoted);
    }
    hostile = hostile.replace("\"payments\"", quoted).replace("\"quantile:0.999\"", quoted);
    ReplayResult result = result(hostile);
    String html = HtmlReport.of(result);
    assertThat(embedded(html)).isEqualTo(result);
    String own = withoutLibrary(html);
    nests(own);
    for (String inert :
        List.of(
            "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;",
            "\\u202eevil\\u001b[2J")) {
      assertThat(own.contains(inert)).as(inert).isTrue();
    }
    for (String live : List.of("<img", "\u202e", "\u001b")) {
      assertThat(own.contains(live)).as(live).isFalse();
    }
  }

  @Test
  void itIsWrittenBesideTheResult() throws IOException {
    Files.writeString(folder.resolve(ReplayResults.FILE), example);
    Path file = HtmlReport.write(ReplayResults.read(folder), folder);
    assertThat(file).hasFileName("report.html");
    assertThat(Files.readString(file)).isEqualTo(HtmlReport.of(result(example)));
  }

  private static ReplayResult result(String json) throws IOException {
    return new ObjectMapper().readValue(json, ReplayResult.class);
  }

  private static ReplayResult embedded(String html) throws IOException {
    Matcher found =
        Pattern.compile(
                "<script type=\"application/json\" id=\"result\">(.*?)</script>", Pattern.DOTALL)
            .matcher(html);
    assertThat(found.find()).isTrue();
    return result(found.group(1));
  }

  private static String withoutLibrary(String html) {
    int from = html.indexOf("<script id=\"echarts\">");
    int to = html.indexOf("</script>", from);
    assertThat(to - from).as("the library").isGreaterThan(500_000);
    return html.substring(0, from) + "<script>" + html.substring(to);
  }

  /// Every element that is opened is closed, in the right order; scripts and style count as text.
  private static void nests(String html) {
    String markup = html.replaceAll("(?s)(<(script|style)[^>]*>).*?(</\\2>)", "$1$3");
    Deque<String> open = new ArrayDeque<>();
    List<String> wrong = new ArrayList<>();
    Matcher tag = Pattern.compile("<(/?)([!a-zA-Z0-9]+)[^>]*>").matcher(markup);
    while (tag.find()) {
      String name = tag.group(2).toLowerCase(Locale.ROOT);
      if (VOID.contains(name)) {
        continue;
      }
      if (tag.group(1).isEmpty()) {
        open.push(name);
      } else if (open.isEmpty() || !open.pop().equals(name)) {
        wrong.add(markup.substring(Math.max(0, tag.start() - 60), tag.end()));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(open).isEmpty();
  }
}
