/** What was refused, and what is done about it. */
package io.riffle.console.rejects;
