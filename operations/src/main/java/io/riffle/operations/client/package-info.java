/** Connections to a deployment's servers, for commands, pages and checks: one class per server. */
package io.riffle.operations.client;
