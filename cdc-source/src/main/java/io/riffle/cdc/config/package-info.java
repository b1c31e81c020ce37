/** What cdc-source is told: its own settings, and {@code cdc.yaml}. */
package io.riffle.cdc.config;
