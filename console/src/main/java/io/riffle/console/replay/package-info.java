/** Loading again: a plan is made, looked at, run, watched, cancelled. */
package io.riffle.console.replay;
