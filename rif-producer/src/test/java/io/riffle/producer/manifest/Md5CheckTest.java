package io.riffle.producer.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Md5CheckTest {

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  @Test
  void comparesWithRfc1321sValue() {
    assertThat(Md5Check.problem("kAFQmDzST7DWlj99KOF/cg==", ABC)).isEmpty();
    assertThat(Md5Check.problem("kAFQmDzST7DWlj99KOF/cg==", new byte[1]))
        .hasValueSatisfying(what -> assertThat(what).contains("another MD5"));
  }

  @Test
  void saysWhenItIsNoMd5AtAll() {
    assertThat(Md5Check.problem("900150983cd24fb0d6963f7d28e17f72", ABC))
        .hasValueSatisfying(what -> assertThat(what).contains("not the Base64 of an MD5"));
    assertThat(Md5Check.problem("*", ABC))
        .hasValueSatisfying(what -> assertThat(what).contains("not Base64"));
  }
}
