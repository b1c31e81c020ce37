/**
 * Discovery: what the bucket holds against what the ledger knows, and which files may be planned
 * now. Start at {@link io.riffle.producer.scan.Scanner}.
 */
package io.riffle.producer.scan;
