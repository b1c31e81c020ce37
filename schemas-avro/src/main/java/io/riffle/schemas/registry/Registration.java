package io.riffle.schemas.registry;

/**
 * A schema under a subject. Told apart by the whole text: the parsing fingerprint leaves out
 * logical types and defaults, which make another schema to a registry.
 */
record Registration(String subject, String text) {}
