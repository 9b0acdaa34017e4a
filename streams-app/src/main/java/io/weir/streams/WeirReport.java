package io.weir.streams;

import io.weir.streams.replay.ReplayResults;
import io.weir.streams.report.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Makes the report of a replay again.
final class WeirReport {
  private WeirReport() {}

  /// Writes `report.html` beside `result.json`.
  ///
  /// @return the exit code
  static int run(Path folder, PrintWriter out, PrintWriter err) {
    try {
      out.println(HtmlReport.write(ReplayResults.read(folder), folder));
      return 0;
    } catch (NoSuchFileException e) {
      err.printf(
          "There is no %s: name the folder that ./weir replay wrote, once it has ended%n",
          e.getFile());
    } catch (IOException e) {
      err.printf("No report of %s: %s%n", folder, e.getMessage());
    } finally {
      out.flush();
      err.flush();
    }
    return 1;
  }
}
