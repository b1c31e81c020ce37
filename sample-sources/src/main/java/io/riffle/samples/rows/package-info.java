/**
 * Made-up rows of any table: what a column is to hold follows from the database's catalog and the
 * column's name, so that altered tables get rows as well. Start at {@link
 * io.riffle.samples.rows.RowMaker}.
 */
package io.riffle.samples.rows;
