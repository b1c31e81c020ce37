/**
 * What the tables have to hold: all delivered files, oldest version first, each record put over
 * what was there. It reads the files and spells the values by itself: no code of parser,
 * merge-processor or sink. Start at {@link io.riffle.chaos.reference.Reference}.
 */
package io.riffle.chaos.reference;
