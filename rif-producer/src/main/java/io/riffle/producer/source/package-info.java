/**
 * Where data sets come from. A source is an implementation of {@link
 * io.riffle.producer.source.FileSource} on the class path; the CCW is one of them. What all have in
 * common (folders named by an instant, sizes, versions) is checked here, so that a source has to
 * know its own form only. Start at {@link io.riffle.producer.source.FileSources}.
 */
package io.riffle.producer.source;
