package io.riffle.operations.activity;

import java.time.Instant;

/** An activity as it was kept. */
public record ActivityRow(long id, Instant at, Activity activity) {}
