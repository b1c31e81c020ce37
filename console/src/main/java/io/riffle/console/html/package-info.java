/**
 * HTML as Java values. Text is escaped wherever it comes from, and there is no way to put markup in
 * as a string: start at {@link io.riffle.console.html.Html}.
 */
package io.riffle.console.html;
