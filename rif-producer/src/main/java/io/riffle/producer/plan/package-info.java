/**
 * The pass over a new object: checksum, header, and where its splits begin and end; another one, of
 * all values, where its type's {@link io.riffle.producer.plan.LoadPolicy} limits rejects; then the
 * one transaction that publishes the plan. Start at {@link io.riffle.producer.plan.Planner}.
 */
package io.riffle.producer.plan;
