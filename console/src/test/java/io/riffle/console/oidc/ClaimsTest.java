package io.riffle.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Map<String, Object> CLAIMS =
      Map.of(
          "roles", List.of("a", 1, "b"),
          "group", "one two",
          "realm_access", Map.of("roles", List.of("c")),
          "resource_access", Map.of("my.client", Map.of("roles", List.of("d"))),
          "https://example.com/roles", List.of("e"));

  @Test
  void findsListsTextsAndPathsThroughObjects() {
    assertThat(Claims.texts(CLAIMS, "roles")).containsExactlyInAnyOrder("a", "b");
    assertThat(Claims.texts(CLAIMS, "group")).containsExactly("one two");
    assertThat(Claims.texts(CLAIMS, "realm_access.roles")).containsExactly("c");
    assertThat(Claims.texts(CLAIMS, "resource_access.my.client.roles")).containsExactly("d");
    assertThat(Claims.texts(CLAIMS, "https://example.com/roles")).containsExactly("e");
  }

  @Test
  void whatIsNotThereIsNobodys() {
    for (String path : List.of("x", "roles.x", "realm_access", "realm_access.", ".roles", "a..b")) {
      assertThat(Claims.texts(CLAIMS, path)).as(path).isEmpty();
    }
    assertThat(Claims.text(CLAIMS, "roles")).isEmpty();
  }
}
