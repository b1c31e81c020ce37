/** The process: one keeper for each source. Start at {@link io.riffle.cdc.run.CdcSource}. */
package io.riffle.cdc.run;
