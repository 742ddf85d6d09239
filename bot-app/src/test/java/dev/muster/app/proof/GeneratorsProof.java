// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Throws generated input at every parser. */
public final class GeneratorsProof implements ProofKind {

  /** How long each of them is looked at in one batch. */
  private static final int SECONDS = 10;

  /** How many tests there are that generate for long; a new one counts once it is named here. */
  private static final int PARSERS = 14;

  private static final TestsElsewhere TESTS =
      new TestsElsewhere(
          "bot-core,slack-adapter,teams-adapter,web-adapter",
          "*GeneratedTest",
          Pattern.compile("generated \\S+ seed=-?\\d+ cases=(\\d+) "));

  @Override
  public String name() {
    return "generators";
  }

  @Override
  public String goal() {
    return "generated inputs of all parsers: taken or refused, nothing thrown, nothing slow";
  }

  @Override
  public int wanted() {
    return 2_000_000;
  }

  @Override
  public Batch run(Path folder, long seed) {
    List<String> flags =
        List.of("-Dmuster.seed=" + Math.abs(seed), "-Dmuster.fuzz.seconds=" + SECONDS);
    return TESTS.run(folder, flags, PARSERS);
  }
}
