// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A proof that takes hours and is run in batches, each of which counts by itself. A new kind is one
 * public class with a constructor without arguments, named in {@code
 * META-INF/services/dev.muster.app.proof.ProofKind}.
 */
public interface ProofKind {

  /** What is counted where nothing else is said. */
  String TRIALS = "trials";

  /** Returns the short name by which it is started and by which its results are kept; stable. */
  String name();

  /** Returns what must hold, in one sentence without the number of trials. */
  String goal();

  /** Returns how many trials there are to be in all. */
  int wanted();

  /** Returns what is counted: {@code trials}, or the time that goes by, as in {@code days}. */
  default String counted() {
    return TRIALS;
  }

  /** Returns how many batches there are where each is another one; empty where seeds choose. */
  default OptionalInt batches() {
    return OptionalInt.empty();
  }

  /**
   * Runs one batch, of a minute or two.
   *
   * @param folder an empty folder of its own
   * @param seed chooses what is tried; the number of the batch where batches are counted
   */
  Batch run(Path folder, long seed);
}
