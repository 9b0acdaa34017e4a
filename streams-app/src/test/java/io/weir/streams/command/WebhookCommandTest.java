package io.weir.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.streams.config.WebhookSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WebhookCommandTest {
  private final List<WebhookSettings> webhooks = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aWebhookNeedsItsUrlAndTls() {
    String[] needed = {
      "-p", "bootstrap.servers=broker:9092", "-p", "weir.schema.registry.url=http://registry:8081"
    };
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=http://localhost:1/x")))
        .isEqualTo(45);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=https://other/token")))
        .isEqualTo(45);
    assertThat(webhooks.getLast()).hasToString("webhook to https://other as group weir-webhook");
    assertThat(execute(with(needed, "webhook"))).isEqualTo(2);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=http://other/token")))
        .isEqualTo(2);
    assertThat(execute(with(needed, "webhook", "-p", "weir.webhook.url=https://me:hush@other/")))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("weir.webhook.url is required by the webhook")
        .contains("goes to other without TLS")
        .contains("weir.webhook.http.allow=true")
        .contains("user and password go to weir.webhook.authorization")
        .doesNotContain("token\"")
        .doesNotContain("hush");
    assertThat(webhooks).hasSize(2);
  }

  @Test
  void anAuthorizationThatNoHeaderMayHaveIsRefusedWithoutTellingIt() {
    String[] settings = {
      "webhook",
      "-p",
      "bootstrap.servers=broker:9092",
      "-p",
      "weir.schema.registry.url=http://registry:8081",
      "-p",
      "weir.webhook.url=https://other/token",
      "-p"
    };
    assertThat(execute(with(new String[] {"weir.webhook.authorization=Bearer hush"}, settings)))
        .isEqualTo(45);
    for (String bad : List.of("hu\nsh", "hush\u007f", "hüsh", "hush\u2026")) {
      assertThat(execute(with(new String[] {"weir.webhook.authorization=Bearer " + bad}, settings)))
          .isEqualTo(2);
      assertThat(err.toString())
          .contains("weir.webhook.authorization has a character that no header may have")
          .doesNotContain("Bearer");
    }
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        CommandLines.of(
            new WebhookCommand(
                settings -> {
                  webhooks.add(settings);
                  return 45;
                }));
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
