package io.riffle.producer.rif;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.riffle.schemas.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Test cases from data files. */
final class Cases {

  private Cases() {}

  static Stream<JsonNode> of(String resource) throws IOException {
    try (InputStream in = Cases.class.getResourceAsStream(resource)) {
      return StreamSupport.stream(new YAMLMapper().readTree(in).spliterator(), false);
    }
  }

  static Layout layout(JsonNode test) {
    return TestFile.LAYOUTS.get(test.path("type").asText("CARRIER"));
  }

  static UnknownColumns unknown(JsonNode test) {
    return UnknownColumns.valueOf(test.path("unknown").asText("REJECT"));
  }

  /** The file of a case: field text. */
  static TestFile file(JsonNode test) {
    String text = test.path("text").asText();
    byte[] bytes =
        text.getBytes(
            test.path("latin1").asBoolean() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    boolean merge = test.path("merge").asBoolean(true);
    return new TestFile(layout(test), merge, bytes, ReadLimits.DEFAULT);
  }
}
