package io.riffle.operations.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param part where: KAFKA, POSTGRES, S3 …
 * @param text what is so; names of topics and tables, never a value of theirs
 * @param advice what to do, where something is to be done
 */
public record Finding(String part, Verdict verdict, String text, Optional<String> advice) {}
