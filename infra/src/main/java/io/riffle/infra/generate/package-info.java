/**
 * Seeded data sets in the shape of real RIF files, for demos, tests and measurements. Start at
 * {@link io.riffle.infra.generate.DataSetGenerator}; what a file's records are is a {@link
 * io.riffle.infra.generate.RecordGenerator}: claims and drug events, persons of a year, former
 * identities. The same seed gives the same bytes; record n of a type, and person n of a year, is
 * the same whatever the number of records. No value comes from real data.
 */
package io.riffle.infra.generate;
