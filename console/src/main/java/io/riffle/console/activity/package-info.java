/** Who did what: kept with every action, and shown. */
package io.riffle.console.activity;
