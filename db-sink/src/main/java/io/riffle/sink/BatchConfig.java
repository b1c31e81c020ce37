package io.riffle.sink;

import java.time.Duration;

/**
 * When a batch is written: whatever comes first.
 *
 * @param rows records that wait
 * @param bytes memory that they hold
 * @param age since the first of them came
 * @param idle time without new records
 * @param busy longest time that one call of the worker is kept
 */
record BatchConfig(int rows, long bytes, Duration age, Duration idle, Duration busy) {}
