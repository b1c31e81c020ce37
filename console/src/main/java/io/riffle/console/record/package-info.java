/**
 * Why a record is as it is. Keys never stand in an address, and values are masked unless asked for.
 */
package io.riffle.console.record;
