/** Puts pages and programs' routes behind one port, with what every answer carries. */
package io.riffle.console.server;
