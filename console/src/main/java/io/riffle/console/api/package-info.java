/**
 * The same data for programs, below {@code /api/v1}: each body is what {@code riffle … -o json}
 * prints.
 */
package io.riffle.console.api;
