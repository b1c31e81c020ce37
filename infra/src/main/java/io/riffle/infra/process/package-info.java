/**
 * Processes that outlive the command which started them.
 *
 * <p>{@link io.riffle.infra.process.Launcher} starts one, {@link
 * io.riffle.infra.process.RunRecords} remembers it, {@link io.riffle.infra.process.OsProcess} finds
 * it again and ends it.
 */
package io.riffle.infra.process;
