// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.util.Map;

/**
 * What is known after a step was carried out.
 *
 * @param kind whether it ran
 * @param note one short sentence for people, without secrets
 * @param outputs what later steps may use, by name such as {@code status} or {@code deployment.id}
 */
public record StepOutcome(Kind kind, String note, Map<String, String> outputs) {

  /** Whether the step ran. */
  public enum Kind {
    /** It ran. */
    SUCCEEDED,
    /** It did not run, or the target said that it went wrong. */
    FAILED,
    /** It may or may not have run. */
    UNKNOWN
  }

  private static final int REQUEST_TIMEOUT = 408;

  /** Copies the outputs. */
  public StepOutcome {
    outputs = Map.copyOf(outputs);
  }

  /** Returns that it ran, with nothing to hand on. */
  public static StepOutcome succeeded(String note) {
    return new StepOutcome(Kind.SUCCEEDED, note, Map.of());
  }

  /** Returns that it did not run. */
  public static StepOutcome failed(String note) {
    return new StepOutcome(Kind.FAILED, note, Map.of());
  }

  /** Returns that nobody knows. */
  public static StepOutcome unknown(String note) {
    return new StepOutcome(Kind.UNKNOWN, note, Map.of());
  }

  /**
   * Judges an answer. A wanted status with the wanted JSON is success; another answer is a failure;
   * but 408 and 500 and above may come from something between us and a target that did the work,
   * and a body that could not be read to its end cannot be judged by its content: those are
   * unknown.
   *
   * @param step whose success rule counts
   * @param status the status code of the answer
   * @param jsonMatches whether the body has the wanted values; true when none are wanted
   * @param bodyCut whether the body was longer than what was read
   * @param outputs what the body says, by path
   */
  public static StepOutcome answered(
      Step step, int status, boolean jsonMatches, boolean bodyCut, Map<String, String> outputs) {
    String note = "The target answered " + status + ".";
    if (!step.success().accepts(status)) {
      boolean unsure = status == REQUEST_TIMEOUT || status >= 500;
      return new StepOutcome(unsure ? Kind.UNKNOWN : Kind.FAILED, note, outputs);
    }
    if (jsonMatches) {
      return new StepOutcome(Kind.SUCCEEDED, note, outputs);
    }
    return bodyCut
        ? new StepOutcome(Kind.UNKNOWN, note + " Its body was too long to judge.", outputs)
        : new StepOutcome(Kind.FAILED, note + " Its body does not say what was expected.", outputs);
  }
}
