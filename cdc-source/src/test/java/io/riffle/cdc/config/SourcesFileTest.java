package io.riffle.cdc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.cdc.source.SourceSpec;
import io.riffle.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesFileTest {
  @TempDir Path folder;

  @Test
  void readsSources() throws IOException {
    List<SourceSpec> sources =
        read(
            """
            sources:
              - name: qvp
                url: jdbc:postgresql://db.example:6432/qvp?sslmode=require
                user: reader
                password-file: qvp.password
                tables: [public.requests, billing.*]
                reload-interval: 15m
              - {name: svp, url: "postgresql://other/svp", user: r, password-env: RIFFLE_SVP, tables: [a.b], chunk-rows: 500}
            """);

    assertThat(sources).hasSize(2);
    assertThat(sources.get(0).url().jdbc())
        .isEqualTo("jdbc:postgresql://db.example:6432/qvp?sslmode=require");
    assertThat(sources.get(0).secret()).isEqualTo("file:qvp.password");
    assertThat(sources.get(0).tables()).hasToString("[public.requests, billing.*]");
    assertThat(sources.get(0).reload()).isEqualTo(Duration.ofMinutes(15));
    assertThat(sources.get(0).chunkRows()).isEqualTo(SourceSpec.USUAL_CHUNK);
    assertThat(sources.get(1).url().port()).isEqualTo(5432);
    assertThat(sources.get(1).secret()).isEqualTo("env:RIFFLE_SVP");
  }

  @Test
  void namesTheProblemsOfAllSourcesAtOnceAndNoPassword() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sources:
                      - {name: Big, url: "jdbc:postgresql://h/d", user: r, password-env: RIFFLE_A, tables: [a.b]}
                      - {name: one, url: "jdbc:postgresql://u:hidden@h/d", user: r, password-env: RIFFLE_A, tables: [a.b]}
                      - {name: two, url: "jdbc:postgresql://h/d", user: r, password: hidden, tables: [a.b]}
                      - {name: two, url: "jdbc:postgresql://h/d", user: r, password-env: RIFFLE_A, tables: [ab]}
                      - {name: six, url: "jdbc:postgresql://h/d", user: r, password-file: ../x, tables: []}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "Big",
            "a letter first",
            "one",
            "user and password are given apart",
            "two password: is not a known key",
            "is given by password-file or password-env",
            "two name: is there twice",
            "a table is given as schema.table",
            "six")
        .hasMessageNotContaining("hidden");
  }

  /** A key that nobody reads would let original values pass. */
  @Test
  void aSourceWithRulesIsNotDeclared() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sources:
                      - {name: one, url: "jdbc:postgresql://h/d", user: r, password-env: RIFFLE_A, tables: [a.b], obfuscate: rules.yaml}
                      - {name: two, url: "jdbc:postgresql://h/d", user: r, password-env: RIFFLE_A, tables: [a.b], sensitive: ["*"]}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "one obfuscate: a source with rules is added by riffle cdc add one --obfuscate RULES",
            "two sensitive: a source with rules is added by riffle cdc add two --obfuscate RULES");
  }

  @Test
  void theShippedFileDeclaresNothing() {
    assertThat(SourcesFile.read(Path.of("../infra/config/cdc-source/cdc.yaml"))).isEmpty();
  }

  private List<SourceSpec> read(String yaml) throws IOException {
    return SourcesFile.read(Files.writeString(folder.resolve("cdc.yaml"), yaml));
  }
}
