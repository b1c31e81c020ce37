/**
 * Stand before a real server and do to its connections what networks do. {@link
 * io.riffle.net.TcpProxy} knows nothing of what goes through it; {@link
 * io.riffle.net.HttpFaultProxy} tells requests apart. Nothing but the JDK is needed: tests and
 * programs can use them.
 */
package io.riffle.net;
