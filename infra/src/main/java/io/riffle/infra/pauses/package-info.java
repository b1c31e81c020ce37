/**
 * What the parts of running programs say of themselves: {@link io.riffle.infra.pauses.PauseReader}
 * reads their MBeans.
 */
package io.riffle.infra.pauses;
