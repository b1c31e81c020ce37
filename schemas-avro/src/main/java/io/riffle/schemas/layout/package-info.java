/**
 * The RIF layouts: one declarative file per type, from which schemas, tables, parser and dictionary
 * derive. Start at {@link io.riffle.schemas.layout.Layouts}; a type is a {@link
 * io.riffle.schemas.layout.Layout}, a column of its header row a {@link
 * io.riffle.schemas.layout.Column}.
 */
package io.riffle.schemas.layout;
