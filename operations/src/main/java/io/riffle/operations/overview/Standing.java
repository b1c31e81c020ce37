package io.riffle.operations.overview;

/**
 * A part that does not work as it should.
 *
 * @param state what that makes of its pipeline
 * @param reason which part, and what is so; never a value
 */
public record Standing(PipelineState state, String reason) {}
