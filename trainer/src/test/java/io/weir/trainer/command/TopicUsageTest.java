package io.weir.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicUsageTest {
  @TempDir Path directory;

  private static Cli train(Object... more) {
    Object[] words = new Object[more.length + 7];
    Object[] begin = {
      "train", "--topic", "t", "--bootstrap-servers", "b:1", "--registry", "http://r"
    };
    System.arraycopy(begin, 0, words, 0, begin.length);
    System.arraycopy(more, 0, words, begin.length, more.length);
    return Cli.weir(words);
  }

  private static void refused(Cli run, String... texts) {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(texts).doesNotContain("\tat ");
  }

  @Test
  void oneSourceIsNeeded() {
    refused(Cli.weir("train"), "--data SOURCE", "--topic NAME");
    refused(Cli.weir("score", "--model", "m.onnx"), "--data SOURCE", "--topic NAME");
    refused(Cli.weir("experiment", "--out", directory), "--data SOURCE", "--topic NAME");
    refused(train("--data", "a.csv"), "--data a.csv and --topic t exclude each other");
  }

  @Test
  void whatOnlyATopicHasNeedsOne() {
    refused(
        Cli.weir("train", "--data", "a.csv", "--since", "5", "--spool", directory),
        "--since, --spool belongs to --topic NAME");
  }

  @Test
  void whatOnlyFilesHaveIsRefused() {
    refused(train("--format", "csv"), "--format is about files, and --topic t has none");
  }

  @Test
  void addressesAreNeeded() {
    refused(
        Cli.weir("train", "--topic", "t", "--registry", "http://r"), "--bootstrap-servers host");
    refused(
        Cli.weir("train", "--topic", "t", "--bootstrap-servers", "b:1"), "--registry http://host");
  }

  @Test
  void aPositionThatIsNoneIsRefused() {
    refused(train("--since", "monday"), "--since: \"monday\" is no position in a topic");
    refused(train("--until", "0:x"), "--until: \"0:x\" is no position in a topic");
  }

  @Test
  void brokersThatAreNotThereFailInTimeAndLeaveNothing() throws IOException {
    Path kafka =
        Files.writeString(
            directory.resolve("kafka.properties"),
            "default.api.timeout.ms=600\nrequest.timeout.ms=500\n");
    Path temp = Files.createDirectory(directory.resolve("temp"));
    Cli run =
        Cli.weir(
            "train",
            "--topic",
            "t",
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--registry",
            "http://127.0.0.1:1",
            "--kafka-config",
            kafka,
            "--temp",
            temp,
            "--out",
            directory.resolve("m.onnx"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("No broker answered at 127.0.0.1:1 in time")
        .doesNotContain("\tat ");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aBrokerNameThatDoesNotResolveIsTold() {
    Cli run =
        Cli.weir(
            "train",
            "--topic",
            "t",
            "--bootstrap-servers",
            "no-such-host.invalid:9092",
            "--registry",
            "http://127.0.0.1:1",
            "--out",
            directory.resolve("m.onnx"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no-such-host.invalid", "bootstrap").doesNotContain("\tat ");
  }
}
