/**
 * RIF bytes to Avro bytes. Knows nothing of where the bytes come from or go to: no Kafka, no S3, no
 * SQL.
 *
 * <p>Start at {@link io.riffle.producer.rif.SplitPlanner}, which reads a whole file once and cuts
 * it into splits, and {@link io.riffle.producer.rif.SplitReader}, which turns one split into
 * records. Both walk the same rows ({@code RowScanner}) and the same records ({@code
 * RecordBorders}), so that record numbers agree. The grammar is in docs/how-we-read-rif.md.
 */
package io.riffle.producer.rif;
