package io.riffle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Names of MBeans' attributes become names of series, each one's alone. */
class MBeanSeriesTest {
  /** As Debezium has them: one name begins like another. */
  public interface StreamingMXBean {
    long getMilliSecondsBehindSource();

    long getMilliSecondsBehindSourceMaxValue();
  }

  private record Streaming(
      long getMilliSecondsBehindSource, long getMilliSecondsBehindSourceMaxValue)
      implements StreamingMXBean {}

  @Test
  void anAttributeIsNotTakenForOneThatBeginsLikeIt() throws Exception {
    ObjectName name =
        new ObjectName("debezium.postgres:type=connector-metrics,context=streaming,server=main");
    ManagementFactory.getPlatformMBeanServer().registerMBean(new Streaming(7, 900), name);
    try (Meters meters = Meters.open()) {
      assertThat(meters.scrape(null))
          .contains("debezium_streaming_MilliSecondsBehindSource{server=\"main\"} 7.0\n")
          .doesNotContain("_objectname", " 900.0");
    } finally {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    }
  }
}
