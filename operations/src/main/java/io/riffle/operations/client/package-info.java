/** Connections to the stack's servers, for health checks, setup and tests: one class per server. */
package io.riffle.operations.client;
