/**
 * Where a stack lives: its folder, ports, generated secrets and addresses.
 *
 * <p>Start at {@link io.riffle.infra.site.Site}. Nothing here starts a process.
 */
package io.riffle.infra.site;
