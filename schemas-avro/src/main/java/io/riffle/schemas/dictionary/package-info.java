/**
 * The data dictionary: pages in Markdown that say, from the layouts alone, what every column of
 * every type is and where it goes. Start at {@link io.riffle.schemas.dictionary.Dictionary}; the
 * pages are committed under docs/data-dictionary, and a test holds them against the layouts.
 */
package io.riffle.schemas.dictionary;
