/**
 * Change events of captured tables, and the staging tables that they are written to. {@link
 * io.riffle.sink.staging.EventReader} makes a {@link io.riffle.sink.staging.StagedEvent} of a
 * record; {@link io.riffle.sink.staging.StagingWriter} writes those of a batch in a transaction of
 * its caller's. What an engineer wants to know is in docs/staging.md.
 */
package io.riffle.sink.staging;
