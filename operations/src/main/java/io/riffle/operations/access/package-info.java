/** Passwords of users of the console, as they are written down. */
package io.riffle.operations.access;
