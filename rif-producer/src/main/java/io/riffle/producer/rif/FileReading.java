package io.riffle.producer.rif;

/** What came of reading a whole file once. */
public sealed interface FileReading permits FilePlan, FileProblem {}
