package io.riffle.sink.write;

import io.riffle.config.Secret;
import java.time.Duration;

/**
 * Where the tables are.
 *
 * @param url {@code jdbc:postgresql://…}; TLS is asked for there
 * @param tablesSchema schema of the tables of record
 * @param application name that the server shows for the session
 * @param socketTimeout so long the server may be silent, or take nothing of what is sent, before
 *     the session is given up; longer than any statement may take
 */
public record DatabaseConfig(
    String url,
    String user,
    Secret password,
    String tablesSchema,
    String application,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration socketTimeout) {}
