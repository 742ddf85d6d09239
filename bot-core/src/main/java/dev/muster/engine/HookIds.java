// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepOutcome;
import dev.muster.runbook.StepRun;
import dev.muster.store.Inbound;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one call of one step so that only its target can report on it: the name carries its own
 * proof, so nothing is kept and nothing is looked up before it is believed. Any thread may call.
 */
final class HookIds {

  private static final Pattern ID =
      Pattern.compile(
          "([A-Za-z0-9_-]{8,64})\\.([0-9]{1,3})\\.([0-9]{1,6})\\.([0-9]{1,6})\\.([A-Za-z0-9_-]{24})");

  private final Tokens tokens;

  HookIds(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the name of a step's present call. */
  String mint(RunbookRun run, StepRun step) {
    String call = call(run.id(), run.steps().indexOf(step), step.generation(), step.attempt());
    return call + "." + proof(call);
  }

  private static String call(String run, int step, int generation, int attempt) {
    return run + "." + step + "." + generation + "." + attempt;
  }

  private String proof(String call) {
    return tokens.mint("hook", call);
  }

  /** Returns whether we made this name. */
  boolean isOurs(String id) {
    int end = id.lastIndexOf('.');
    return ID.matcher(id).matches()
        && MessageDigest.isEqual(
            proof(id.substring(0, end)).getBytes(StandardCharsets.UTF_8),
            id.substring(end + 1).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns what is reported under a name; empty when we did not make it. */
  Optional<Inbound.LateResult> report(String id, StepOutcome outcome) {
    Matcher parts = ID.matcher(id);
    return isOurs(id) && parts.matches()
        ? Optional.of(
            new Inbound.LateResult(
                parts.group(1), number(parts, 2), number(parts, 3), number(parts, 4), outcome))
        : Optional.empty();
  }

  /** Returns the run whose call has a name; empty when we did not make it. */
  Optional<String> run(String id) {
    Matcher parts = ID.matcher(id);
    return isOurs(id) && parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** Returns the key by which a report is recognised when it is repeated; no secret. */
  static String key(Inbound.LateResult late) {
    return call(late.run(), late.step(), late.generation(), late.attempt());
  }
}
