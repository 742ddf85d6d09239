// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The build of this project, for proofs that need more of it than their own class path. */
public final class Maven {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final long PATIENCE_MINUTES = 120;

  private Maven() {}

  /** Packages the program as it is and returns the jar. */
  public static Path packaged(Path output) {
    List<String> arguments = List.of("package", "-DskipTests", "-pl", "bot-app", "-am");
    int code = run(arguments, output);
    if (code != 0) {
      throw new AssertionError("the program was not packaged: " + code + "; see " + output);
    }
    return ROOT.resolve("bot-app/target/muster.jar").toAbsolutePath().normalize();
  }

  /** Runs it at the root of the project and returns how it ended. */
  static int run(List<String> arguments, Path output) {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never"));
    for (String check : List.of("spotless.check", "checkstyle", "enforcer")) {
      command.add("-D" + check + ".skip=true");
    }
    command.addAll(arguments);
    try {
      Process maven =
          new ProcessBuilder(command)
              .directory(ROOT.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!maven.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        maven.destroyForcibly();
        throw new AssertionError(command + " takes too long; see " + output);
      }
      return maven.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
