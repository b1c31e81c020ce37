/** A second file source, written as somebody outside of Riffle would: public types only. */
package io.riffle.lab;
