/**
 * Seeded data sets in the shape of real RIF files, for demos, tests and measurements. Start at
 * {@link io.riffle.infra.generate.DataSetGenerator}. The same seed gives the same bytes; record n
 * of a type is the same whatever the number of records. No value comes from real data.
 */
package io.riffle.infra.generate;
