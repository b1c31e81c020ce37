package io.riffle.producer.rif;

/** What came of reading a header row. */
public sealed interface HeaderReading permits HeaderPlan, FileProblem {}
