/**
 * Sample sources in the stack's Postgres: databases of their own beside the target, one for each
 * set. Start at {@link io.riffle.infra.sources.SourceDatabase}; {@link
 * io.riffle.infra.sources.SourceRun} fills and changes one.
 */
package io.riffle.infra.sources;
