package io.tailrace.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code tailrace --version} prints: the version that the build wrote into the jar, and the JVM that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        // Classes that run from a folder (an editor, a unit test) have no manifest.
        return new String[] {"tailrace " + (version == null ? "(not packaged)" : version), "java " + Runtime.version()};
    }
}
