package io.riffle.infra.generate;

/**
 * A generated file.
 *
 * @param records lines of one claim are one record
 * @param rows rows without the header row: lines of claims, or records of types without lines
 * @param months rows that a FULL file of persons gives to the table of months; else 0
 * @param formerIdentities rows that the file gives to the table of former identities, the files of
 *     earlier years of its data set loaded too
 */
public record GeneratedFile(
    String name, String type, long records, long rows, long months, long formerIdentities) {}
