/** Data sets and their files: the ledger as pages. */
package io.riffle.console.files;
