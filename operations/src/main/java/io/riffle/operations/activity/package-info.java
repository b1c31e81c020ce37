/**
 * Who did what: {@link io.riffle.operations.activity.Activities} adds to it and reads it; nothing
 * takes anything away.
 */
package io.riffle.operations.activity;
