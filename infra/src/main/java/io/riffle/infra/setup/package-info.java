/**
 * What servers need before Riffle's programs can use them: bucket, database, and what else is in
 * {@link io.riffle.infra.setup.SetupSteps}. The same steps serve the local stack and
 * docker-compose.
 */
package io.riffle.infra.setup;
