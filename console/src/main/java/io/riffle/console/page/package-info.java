/** What all pages have in common: the frame, the navigation, how values are spelled. */
package io.riffle.console.page;
