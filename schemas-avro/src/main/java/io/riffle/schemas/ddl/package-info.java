/**
 * Postgres DDL: the tables of record as a layout describes them ({@link
 * io.riffle.schemas.ddl.TableDdl}); the Flyway migrations are resources under {@code
 * io/riffle/migrations}.
 */
package io.riffle.schemas.ddl;
