package io.weir.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategy;

/// Weir's image as docs/deploying.md says to run it: its root file system read-only, a volume for
/// the state, a tmpfs, no capabilities.
final class WeirContainer implements AutoCloseable {
  private static final int HTTP = 8080;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// The tests wait themselves, also for containers that end at once.
  private static final StartupCheckStrategy UNCHECKED =
      new StartupCheckStrategy() {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String id) {
          return StartupStatus.SUCCESSFUL;
        }
      };

  private static final WaitStrategy NO_WAIT =
      new AbstractWaitStrategy() {
        @Override
        protected void waitUntilReady() {
          // Nothing to wait for.
        }
      };

  private final GenericContainer<?> container;
  private final String volume;

  private WeirContainer(GenericContainer<?> container, String volume) {
    this.container = container;
    this.volume = volume;
  }

  /// Starts it; does not wait until it is ready.
  ///
  /// @param name of the state's volume
  /// @param models directory that is mounted at `/models`
  /// @param environment its settings
  static WeirContainer start(
      String name, Network network, Path models, Map<String, String> environment) {
    String volume = "weir-test-" + name + "-" + ProcessHandle.current().pid();
    GenericContainer<?> container =
        new GenericContainer<>(WeirImage.NAME)
            .withNetwork(network)
            .withEnv(environment)
            .withExposedPorts(HTTP)
            .withStartupCheckStrategy(UNCHECKED)
            .waitingFor(NO_WAIT)
            .withCreateContainerCmdModifier(
                command -> {
                  HostConfig host = command.getHostConfig();
                  host.withReadonlyRootfs(true)
                      .withTmpFs(Map.of("/tmp", ""))
                      .withSecurityOpts(List.of("no-new-privileges"))
                      .withCapDrop(Capability.ALL)
                      .withBinds(
                          new Bind(volume, new Volume("/var/lib/weir/state")),
                          new Bind(models.toString(), new Volume("/models"), AccessMode.ro));
                });
    container.start();
    return new WeirContainer(container, volume);
  }

  /// What it logged, since its first start.
  String logs() {
    return container.getLogs();
  }

  /// Runs a command in it.
  ///
  /// @return what it printed, also on stderr
  String exec(String... command) throws IOException, InterruptedException {
    var result = container.execInContainer(command);
    return result.getStdout() + result.getStderr();
  }

  /// The engine's description of it as it is now.
  InspectContainerResponse inspect() {
    return client().inspectContainerCmd(container.getContainerId()).exec();
  }

  /// As `docker stop`: SIGTERM, and SIGKILL a minute later.
  ///
  /// @return the exit code
  long stop() {
    client().stopContainerCmd(container.getContainerId()).withTimeout(60).exec();
    return exitCode();
  }

  /// As `docker kill`: SIGKILL.
  void kill() {
    client().killContainerCmd(container.getContainerId()).exec();
    exitCode();
  }

  /// As `docker start`.
  void startAgain() {
    client().startContainerCmd(container.getContainerId()).exec();
  }

  /// Waits until it has ended.
  long exitCode() {
    await("its end", () -> Boolean.FALSE.equals(inspect().getState().getRunning()));
    return inspect().getState().getExitCodeLong();
  }

  /// Waits until the image's own health check has an opinion, and that is `healthy`.
  void awaitHealthy() {
    await("healthy", () -> "healthy".equals(inspect().getState().getHealth().getStatus()));
  }

  /// Waits until it answers a path with 200.
  ///
  /// @return the body
  String awaitAnswer(String path) {
    String[] body = new String[1];
    await(
        path,
        () -> {
          body[0] = get(path);
          return body[0] != null;
        });
    return body[0];
  }

  private String get(String path) {
    URI uri =
        URI.create(
            "http://%s:%s%s"
                .formatted(
                    container.getHost(),
                    inspect()
                        .getNetworkSettings()
                        .getPorts()
                        .getBindings()
                        .values()
                        .iterator()
                        .next()[0]
                        .getHostPortSpec(),
                    path));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Waited %s for %s. Its log:%n%s".formatted(PATIENCE, what, logs()));
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private DockerClient client() {
    return container.getDockerClient();
  }

  @Override
  public void close() {
    DockerClient client = client();
    container.stop();
    client.removeVolumeCmd(volume).exec();
  }
}
