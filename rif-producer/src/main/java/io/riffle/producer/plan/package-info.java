/**
 * The single pass over a new object: checksum, header, and where its splits begin and end; then the
 * one transaction that publishes the plan. Start at {@link io.riffle.producer.plan.Planner}.
 */
package io.riffle.producer.plan;
