/** The connectors of a set by way of Connect's REST interface. */
package io.riffle.cdc.connector;
