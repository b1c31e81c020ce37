/** Gzip as we accept it: complete, without leftovers, within limits. */
package io.riffle.producer.gzip;
