package io.riffle.infra.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class RiffleVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Riffle.class.getPackage().getImplementationVersion();
    return new String[] {"riffle " + (version == null ? "from classes" : version)};
  }
}
