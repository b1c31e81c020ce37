/**
 * Where the parts of a deployment answer, and what is said when one does not.
 *
 * <p>Start at {@link io.riffle.operations.site.Endpoints}.
 */
package io.riffle.operations.site;
