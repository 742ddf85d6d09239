// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One line of the file of results: what one batch found, where and when.
 *
 * @param kind of proof
 * @param seed what the batch was made from
 * @param commit of the program; ends in {@code +} when files differed from it
 * @param machine it ran on
 * @param start as in 2026-03-01T12:00:00Z
 * @param end likewise
 * @param trials how often something was tried
 * @param injected how many faults were put in
 * @param defects every broken promise as a sentence
 * @param outcome {@code passed} or {@code failed}
 */
@JsonPropertyOrder({
  "kind",
  "seed",
  "commit",
  "machine",
  "start",
  "end",
  "trials",
  "injected",
  "defects",
  "outcome"
})
record ProofResult(
    String kind,
    long seed,
    String commit,
    String machine,
    String start,
    String end,
    int trials,
    int injected,
    List<String> defects,
    String outcome) {

  boolean hasPassed() {
    return outcome.equals("passed");
  }
}
