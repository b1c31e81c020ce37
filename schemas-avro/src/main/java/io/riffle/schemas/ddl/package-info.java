/**
 * Postgres DDL. {@link io.riffle.schemas.ddl.Tables} says what tables of record a layout has,
 * {@link io.riffle.schemas.ddl.TableDdl} creates them, {@link
 * io.riffle.schemas.ddl.MigrationProposal} compares them with a database. What is applied are the
 * Flyway migrations under {@code io/riffle/migrations} ({@link io.riffle.schemas.ddl.Migrations}).
 */
package io.riffle.schemas.ddl;
