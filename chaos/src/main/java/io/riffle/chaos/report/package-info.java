/** What a run came to, as numbers and as text. Start at {@link io.riffle.chaos.report.Tally}. */
package io.riffle.chaos.report;
