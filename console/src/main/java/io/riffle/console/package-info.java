/** The operators' web pages. */
package io.riffle.console;
