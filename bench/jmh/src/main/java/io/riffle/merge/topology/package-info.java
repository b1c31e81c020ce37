/** A way into the merge of one record, for benchmarks. */
package io.riffle.merge.topology;
