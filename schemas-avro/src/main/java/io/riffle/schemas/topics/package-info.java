/**
 * Names and settings of every topic of a partition set. Start at {@link
 * io.riffle.schemas.topics.Topics}.
 */
package io.riffle.schemas.topics;
