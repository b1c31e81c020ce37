/**
 * Programs beside the deployments under the lease: start at {@link
 * io.riffle.infra.lease.LeasedCommand}. The lease itself is {@code io.riffle.lease}.
 */
package io.riffle.infra.lease;
