/**
 * What one core does of the steps that every record takes: {@link io.riffle.bench.jmh.RifToAvro},
 * {@link io.riffle.bench.jmh.Merge}, {@link io.riffle.bench.jmh.AvroToCopyRow}, {@link
 * io.riffle.bench.jmh.Hashes}. All work on files of the seeded generator ({@link
 * io.riffle.bench.jmh.RifFile}); each step's input is what the step before made of them.
 */
package io.riffle.bench.jmh;
