package io.weir.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.Certificates;
import io.weir.streams.fixture.SecureCluster;
import io.weir.streams.fixture.WeirJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a process says whose TLS or log-in does not fit: one message in time, no stack trace, no
/// secret.
@Timeout(120)
class SecureConnectionIT {
  @TempDir static Path directory;
  private static SecureCluster secure;

  @BeforeAll
  static void start() throws Exception {
    secure = SecureCluster.start(directory);
    secure.createUser("misfit");
    secure.cluster().createTopics("misfit", 1);
  }

  @AfterAll
  static void stop() throws Exception {
    secure.close();
  }

  enum Misfit {
    WRONG_PASSWORD {
      @Override
      Map<String, String> settings() {
        return Map.of("sasl.jaas.config", SecureCluster.jaas("misfit", "kept-out-of-logs-9"));
      }

      @Override
      String[] said() {
        return new String[] {
          "refuse the log-in of User:misfit (sasl.mechanism = SCRAM-SHA-512)", "sasl.jaas.config"
        };
      }
    },
    WRONG_MECHANISM {
      @Override
      Map<String, String> settings() {
        return Map.of(
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            SecureCluster.jaas("misfit", SecureCluster.PASSWORD)
                .replace("scram.ScramLoginModule", "plain.PlainLoginModule"));
      }

      @Override
      String[] said() {
        return new String[] {"'PLAIN' not enabled", "SCRAM-SHA-512"};
      }
    },
    JAAS_WITHOUT_QUOTES {
      @Override
      Map<String, String> settings() {
        return Map.of(
            "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=misfit"
                + " password=half kept-out-of-logs-9;");
      }

      @Override
      String[] said() {
        return new String[] {"sasl.jaas.config cannot be parsed"};
      }
    },
    UNKNOWN_CA {
      @Override
      Map<String, String> settings() {
        return Map.of("ssl.truststore.location", secure.stranger().toString());
      }

      @Override
      String[] said() {
        return new String[] {
          "certificate is not trusted", "ssl.truststore.location (" + secure.stranger() + " now)"
        };
      }
    },
    WRONG_TRUST_STORE_PASSWORD {
      @Override
      Map<String, String> settings() {
        return Map.of("ssl.truststore.password", "kept-out-of-logs-9");
      }

      @Override
      String[] said() {
        return new String[] {"password was incorrect", "server-trust.p12"};
      }
    },
    NO_TRUST_STORE {
      @Override
      Map<String, String> settings() {
        return Map.of("ssl.truststore.location", "/no/such/store.p12");
      }

      @Override
      String[] said() {
        return new String[] {"/no/such/store.p12"};
      }
    },
    NO_CERTIFICATE {
      @Override
      Map<String, String> settings() {
        return Map.of(
            "security.protocol", "SSL", "bootstrap.servers", secure.servers(SecurityProtocol.SSL));
      }

      @Override
      String[] said() {
        return new String[] {"No TLS connection to", "ssl.keystore.location"};
      }
    },
    PLAIN_TEXT_TO_A_TLS_PORT {
      @Override
      Map<String, String> settings() {
        return Map.of("security.protocol", "PLAINTEXT");
      }

      @Override
      String[] said() {
        return new String[] {
          "speaks TLS, and security.protocol = PLAINTEXT does not: set SSL or SASL_SSL"
        };
      }
    },
    TLS_TO_A_PLAIN_TEXT_PORT {
      @Override
      Map<String, String> settings() {
        return Map.of("bootstrap.servers", secure.cluster().bootstrapServers());
      }

      @Override
      String[] said() {
        return new String[] {"SASL_SSL"};
      }
    },
    WRONG_REGISTRY_PASSWORD {
      @Override
      Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(open());
        settings.put("weir.schema.registry.basic.auth.user.info", "scorer:kept-out-of-logs-9");
        return settings;
      }

      @Override
      String[] said() {
        return new String[] {
          "the registry refuses to register misfit-alerts-value (HTTP 401)",
          "weir.schema.registry.basic.auth.user.info"
        };
      }
    },
    UNKNOWN_CA_OF_THE_REGISTRY {
      @Override
      Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(open());
        settings.put("weir.schema.registry.ssl.truststore.location", secure.stranger().toString());
        return settings;
      }

      @Override
      String[] said() {
        return new String[] {
          "no TLS connection to the registry", "weir.schema.registry.ssl.truststore.location"
        };
      }
    };

    abstract Map<String, String> settings();

    abstract String[] said();

    /// The listener at which everything is granted.
    private static Map<String, String> open() {
      return Map.of(
          "security.protocol",
          "PLAINTEXT",
          "bootstrap.servers",
          secure.cluster().bootstrapServers());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotFitIsOneMessageInTime(Misfit misfit) throws Exception {
    Map<String, String> flags = secure.flags("misfit", "misfit", misfit.settings());
    flags.put("weir.start.timeout.ms", "20000");
    try (WeirJvm weir = WeirJvm.start(flags, directory.resolve(misfit + ".log"))) {
      assertThat(weir.exitCode()).as(weir::toString).isEqualTo(1);
      assertThat(weir.output())
          .contains(misfit.said())
          .contains("sasl.jaas.config = [hidden]")
          .doesNotContain("\tat ")
          .doesNotContain("kept-out-of-logs")
          .doesNotContain(Certificates.PASSWORD);
      List<String> errors = weir.output().lines().filter(line -> line.contains(" ERROR ")).toList();
      assertThat(errors).as(weir::toString).hasSize(1);
      String settings =
          weir.output().lines().filter(line -> line.contains("in force")).findFirst().orElseThrow();
      assertThat(Duration.between(time(settings), time(errors.getFirst())))
          .as("the time-out, and what a busy machine takes")
          .isLessThan(Duration.ofSeconds(40));
    }
  }

  private static OffsetDateTime time(String line) {
    return OffsetDateTime.parse(line.substring(0, line.indexOf(' ')));
  }
}
