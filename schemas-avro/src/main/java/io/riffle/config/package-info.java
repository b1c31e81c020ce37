/**
 * Configuration: one properties file, each key overridable from the environment, every problem
 * named at once.
 *
 * <p>Start at {@link io.riffle.config.Settings}. A program reads its settings once in its main
 * class and turns them into records of its own; no other code sees keys, files or environment
 * variables.
 */
package io.riffle.config;
