package io.riffle.operations.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.riffle.schemas.layout.Layout;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class AskedKeyTest {

  @Test
  void aTypeThatJoinsAnotherOneStandsForThatOne() {
    AskedKey key = AskedKey.of(GivenKey.LAYOUTS, "beneficiary_history", "-7");

    assertThat(key.layout().type()).isEqualTo("BENEFICIARY");
    assertThat(key.joining()).extracting(Layout::type).containsExactly("BENEFICIARY_HISTORY");
  }

  @Test
  void theKeyIsTheCanonicalTextAndItsPartitionKafkas() {
    AskedKey key = AskedKey.of(GivenKey.LAYOUTS, "CARRIER", "+0042");

    assertThat(new String(key.bytes(), StandardCharsets.UTF_8)).isEqualTo("42");
    assertThat(key.partition(7)).isEqualTo(BuiltInPartitioner.partitionForKey(key.bytes(), 7));
    assertThat(key).asString().doesNotContain("42");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AskedKey.of(GivenKey.LAYOUTS, "TEETH", "1"))
        .withMessageContainingAll("'TEETH' is no type", "CARRIER", "PDE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AskedKey.of(GivenKey.LAYOUTS, "PDE", "x1"))
        .withMessageContaining("'x1' is no key");
  }
}
