/**
 * What programs that run until they are told to stop have in common: {@link
 * io.riffle.process.StopSignal}.
 */
package io.riffle.process;
