package io.weir.streams.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.streams.replay.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The result of a replay as one HTML file that needs nothing else: it opens without a network, and
/// its tables are readable without JavaScript.
public final class HtmlReport {
  /// The file's name in a replay's folder.
  public static final String FILE = "report.html";

  /// Nothing is loaded, from nowhere.
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private HtmlReport() {}

  /// Writes the report into a replay's folder, over an older one.
  ///
  /// @return the file
  /// @throws IOException if it cannot be written
  public static Path write(ReplayResult result, Path folder) throws IOException {
    return Files.writeString(folder.resolve(FILE), of(result));
  }

  /// The report.
  public static String of(ReplayResult result) {
    String title = "Replay of " + topics(result);
    Html html = new Html();
    html.content("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.open("meta", "charset", "utf-8");
    html.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.open("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    html.open("style").content(Assets.style()).close("style").close("head").open("body");
    html.open("header").element("h1", title);
    html.element(
        "p",
        "%s to %s UTC · replay %s"
            .formatted(
                Shown.time(result.range().firstTime()),
                Shown.time(result.range().lastTime()),
                result.id()));
    html.close("header").open("main");
    html.open("noscript");
    html.element(
        "p", "The charts need JavaScript. The tables are complete without.", "class", "hint");
    html.close("noscript");
    notes(html, result);
    new Overview(result).write(html);
    for (int i = 0; i < result.models().size(); i++) {
      new ModelSection(result, i).write(html);
    }
    if (result.comparison() != null) {
      new ComparisonSection(result).write(html);
    }
    new RangeSection(result).write(html);
    html.close("main");
    scripts(html, result);
    return html.close("body").close("html").toString();
  }

  private static void notes(Html html, ReplayResult result) {
    if (!result.notes().isEmpty()) {
      html.open("section", "class", "notes", "aria-label", "Notes").open("ul");
      result.notes().forEach(note -> html.element("li", note));
      html.close("ul").close("section");
    }
  }

  private static void scripts(Html html, ReplayResult result) {
    html.open("script", "type", "application/json", "id", "result");
    html.content(json(result)).close("script");
    html.open("script", "id", "echarts").content(Assets.library()).close("script");
    html.open("script").content(Assets.script()).close("script");
  }

  /// JSON that is inert within HTML: no character opens a tag or a comment.
  private static String json(ReplayResult result) {
    try {
      return JSON.writeValueAsString(result)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are always writable", e);
    }
  }

  private static String topics(ReplayResult result) {
    List<String> topics =
        result.range().partitions().stream().map(ReplayResult.Partition::topic).distinct().toList();
    return topics.isEmpty() ? "nothing" : topics.stream().collect(Collectors.joining(", "));
  }

  /// A place for a chart, which the script fills; without one it stays away.
  static void chart(Html html, String kind, int model, String label) {
    html.open(
        "div",
        "class",
        "chart",
        "data-chart",
        kind,
        "data-model",
        String.valueOf(model),
        "role",
        "img",
        "aria-label",
        label);
    html.close("div");
  }

  /// `A` and `B`, if there are two models; nothing for one.
  static String letter(ReplayResult result, int model) {
    return result.models().size() == 1 ? "" : String.valueOf((char) ('A' + model));
  }
}
