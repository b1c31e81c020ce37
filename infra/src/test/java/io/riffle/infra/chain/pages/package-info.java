/**
 * The console's pages on the whole running stack, in Debian's Chromium: what operators see and do
 * there, and what truly came of it. Start at {@link io.riffle.infra.chain.pages.OperatedFilesIT};
 * who sits before a window is {@link io.riffle.infra.chain.pages.AtConsole}.
 */
package io.riffle.infra.chain.pages;
