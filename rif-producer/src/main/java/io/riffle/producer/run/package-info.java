/** How long-lived parts run, end and start again: sessions, back-off, the signal to stop. */
package io.riffle.producer.run;
