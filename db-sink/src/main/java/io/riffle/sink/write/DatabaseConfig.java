package io.riffle.sink.write;

import io.riffle.config.Secret;
import java.time.Duration;

/**
 * Where the tables are.
 *
 * @param url {@code jdbc:postgresql://…}; TLS is asked for there
 * @param tablesSchema schema of the tables of record
 * @param application name that the server shows for the session
 */
public record DatabaseConfig(
    String url,
    String user,
    Secret password,
    String tablesSchema,
    String application,
    Duration lockTimeout,
    Duration statementTimeout) {}
