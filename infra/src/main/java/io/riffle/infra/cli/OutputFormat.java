package io.riffle.infra.cli;

/** How results are printed. */
enum OutputFormat {
  TABLE,
  JSON
}
