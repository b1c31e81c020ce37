/**
 * Data sets as the scenario wants them: generated, with canaries and deletes put in, and delivered
 * until they are there, whatever fails meanwhile. Start at {@link io.riffle.chaos.data.SetWriter}
 * and {@link io.riffle.chaos.data.Feed}.
 */
package io.riffle.chaos.data;
