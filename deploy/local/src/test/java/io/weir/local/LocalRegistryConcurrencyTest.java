package io.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalRegistryConcurrencyTest {

  @Test
  void clientsThatRegisterOneSchemaAtOnceGetOneIdAndOneVersion() throws Exception {
    try (var registry = LocalRegistry.start(0);
        var clients = Executors.newFixedThreadPool(8)) {
      var payments = RegistrySubject.fresh(registry.url());
      List<Callable<Integer>> registrations =
          IntStream.range(0, 64)
              .<Callable<Integer>>mapToObj(i -> () -> payments.register(Payments.AMOUNT))
              .toList();

      for (Future<Integer> id : clients.invokeAll(registrations)) {
        assertThat(id.get()).isEqualTo(1);
      }
      assertThat(payments.versions()).containsExactly(1);
    }
  }
}
