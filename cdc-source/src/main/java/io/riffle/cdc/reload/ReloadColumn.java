package io.riffle.cdc.reload;

import java.util.Optional;

/**
 * A column of a table that is reloaded.
 *
 * @param type as Debezium calls it: {@code INT8}, {@code _TEXT}, {@code "APP"."MOOD"}
 * @param length characters or digits; as Debezium has it where there is no limit
 * @param scale digits after the point
 * @param labels of an enum, joined by commas
 */
record ReloadColumn(
    String name, String type, int length, Optional<Integer> scale, Optional<String> labels) {}
