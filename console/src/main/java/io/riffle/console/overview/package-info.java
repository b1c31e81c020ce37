/** How everything does: a line for each pipeline. */
package io.riffle.console.overview;
