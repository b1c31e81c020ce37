/**
 * The runbook of the repository's documents as a page, and links to its headings from what it tells
 * about.
 */
package io.riffle.console.runbook;
