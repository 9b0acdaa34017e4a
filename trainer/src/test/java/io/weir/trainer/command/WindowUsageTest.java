package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused of windows: the value, the rule, the cure.
class WindowUsageTest {
  @TempDir static Path directory;
  private static Path machines;

  @BeforeAll
  static void write() {
    machines = Machines.write(directory.resolve("machines.csv"), 12, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps=0                               | --steps 0: at least 1 event is needed
          --stride=0 --steps=3                    | --stride 0: at least 1 is needed
          --stride=2                              | --stride: only rows of several events follow it; give --steps
          --warm-up=padded --max-gap=5m           | --max-gap, --warm-up: only rows of several events
          --steps=3 --max-gap=5m                  | --max-gap 5m: name the column of the times with --time
          --steps=3 --time=at --max-gap=5x        | --max-gap 5x: a duration such as 30s, 5m, 2h or PT5M
          --steps=3 --time=at --max-gap=-4        | --max-gap -4: a duration such as 30s
          --steps=3 --time=at --max-gap=0s        | --max-gap 0s: a duration such as 30s
          --exclude-time=1..2                     | --exclude-time 1..2: name the column of the times with --time
          --steps=3 --split=0.7                   | --split does not divide windows: those of 3 events overlap
          --steps=3 --hold-out=random             | --hold-out random: windows overlap
          """)
  void wrongFlagsAreWrongUsage(String flags, String message) {
    Cli run = train(flags.split(" "));
    assertThat(run.exit()).describedAs(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps=16 --key=machine                | No key has 16 events in a row: the longest run has 12. Take fewer --steps, a longer --max-gap, or --warm-up padded.
          --steps=3 --key=machine --time=at --max-gap=30s | No key has 3 events in a row without too long a pause: the longest run has 1.
          --steps=3 --time=at --max-gap=5         | is 5.0, a number, but the time column 'at' holds timestamps: give --max-gap as a duration
          --steps=3 --key=machin                  | the key column 'machin' does not exist. Nearest: 'machine'
          --time=at --exclude-time=2026-03-02     | The time range '2026-03-02' is not FROM..TO
          --time=at --exclude-time=2027..2028     | the time column 'at' holds timestamps, '2027' is none
          --time=at --exclude-time=2026-03-02..2026-03-01 | ends before it begins
          --time=at --exclude-time=2020-01-01..2030-01-01 | no row is left outside of the excluded times
          --steps=30 --validation=0.5              | none is left to learn from. Hold out fewer with --validation
          """)
  void dataThatDoNotSuitFail(String flags, String message) {
    Cli run = train(flags.split(" "));
    assertThat(run.exit()).describedAs(run.err()).isEqualTo(1);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void everyRowNeedsAKeyAndATime() throws IOException {
    Path holes =
        Files.writeString(
            directory.resolve("holes.csv"), "k,t,x\na,1,1\n,2,2\na,3,3\na,,4\nb,5,5\n");
    assertThat(Cli.weir("train", "--data", holes, "--steps=2", "--key=k").err())
        .contains("The key column 'k' has no value in row 1: every row tells whose event it is.")
        .contains("filter \"k\" IS NOT NULL");
    assertThat(Cli.weir("train", "--data", holes, "--steps=2", "--time=t").err())
        .contains("The time column 't' has no value in row 3: every row tells when it happened.");
  }

  @Test
  void aModelOfSingleEventsTakesNoKey() {
    Path model = directory.resolve("single.onnx");
    assertThat(train("--out=" + model).exit()).isZero();
    Cli run = Cli.weir("score", "--model", model, "--data", machines, "--key=machine");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--key is for models whose rows are windows of several events")
        .contains("scores single events: leave it out");
  }

  @Test
  void aModelOfWindowsTakesNoSplitAndTooFewRowsAreTold() throws IOException {
    Path model = directory.resolve("windows.onnx");
    assertThat(train("--steps=3", "--key=machine", "--out=" + model).exit()).isZero();
    Cli split =
        Cli.weir(
            "evaluate", "--model", model, "--data", machines, "--label=stopped", "--split=0.5");
    assertThat(split.exit()).isEqualTo(2);
    assertThat(split.err()).contains("--split does not divide windows");
    Cli few = Cli.weir("score", "--model", model, "--data", machines, "--limit=6");
    assertThat(few.exit()).isEqualTo(1);
    assertThat(few.err())
        .contains("No key has 3 events in a row: the longest run has 2. Give more rows of a key");
  }

  @Test
  void theLastRowsOfSingleEventsAreHeldOutWhereAsked() {
    Cli run = train("--hold-out=last", "--validation=0.25");
    assertThat(run.exit()).describedAs(run.err()).isZero();
    assertThat(run.err()).contains("Training on 27 of them, 9 are held out for validation");
  }

  private static Cli train(String... flags) {
    List<Object> args = new ArrayList<>(List.of("train", "--data=" + machines, "--include=x,y"));
    args.addAll(List.of("--epochs=1", "--layers=4", "--latent=2"));
    if (List.of(flags).stream().noneMatch(flag -> flag.startsWith("--out="))) {
      args.add("--out=" + directory.resolve("m.onnx"));
    }
    args.addAll(List.of(flags));
    return Cli.weir(args.toArray());
  }
}
