package io.riffle.cdc.source;

import io.riffle.config.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is asked for: a database and tables of it.
 *
 * @param name of the source: lower-case letters and digits, single underscores within, a letter
 *     first, at most 16
 * @param secret place of its password, see {@link SecretFolder}
 * @param tables at least one; a table {@code *} stands for all of its schema
 * @param chunkRows rows that a snapshot reads at a time
 * @param reload how often tables without a key are read again
 */
public record SourceSpec(
    String name,
    SourceUrl url,
    String user,
    String secret,
    List<TableName> tables,
    int chunkRows,
    Duration reload) {
  public static final int USUAL_CHUNK = 10_240;
  public static final Duration USUAL_RELOAD = Duration.ofHours(1);
  private static final Pattern NAME = Pattern.compile("(?=.{1,16}$)[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final int LARGEST_CHUNK = 1_000_000;

  public SourceSpec {
    tables = List.copyOf(tables);
    check(
        NAME.matcher(name).matches(),
        "name",
        name,
        "must be up to 16 of a-z, 0-9 and single _ within, a letter first");
    check(!user.isBlank(), "user", user, "is missing");
    check(
        SecretFolder.isPlace(secret),
        "password",
        "",
        "must be a file's name, or a variable that begins with RIFFLE_");
    check(!tables.isEmpty(), "tables", "", "must name at least one table");
    check(
        chunkRows >= 1 && chunkRows <= LARGEST_CHUNK,
        "chunk-rows",
        chunkRows,
        "must be from 1 to " + LARGEST_CHUNK);
    check(reload.toSeconds() >= 1, "reload-interval", reload, "must be at least one second");
  }

  private static void check(boolean fine, String key, Object value, String reason) {
    if (!fine) {
      throw new ConfigException("cdc source: " + key, value, reason);
    }
  }
}
