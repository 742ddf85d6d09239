// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.command.Unquoted;
import dev.muster.runbook.Parameter;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepRun;
import java.util.Map;
import java.util.stream.Collectors;

/** What people can do when the next step of a run cannot be asked for. Pure. */
final class StuckRun {

  private StuckRun() {}

  /** Returns what is left to do by hand, and the commands that note it and that start anew. */
  static String wayOut(RunbookRun run) {
    String left =
        run.steps().stream()
            .filter(step -> !step.state().isFinished())
            .map(StepRun::stepId)
            .collect(Collectors.joining(", "));
    return "Do by hand what is left ("
        + left
        + "), and note it: /incident timeline add by hand: "
        + left
        + ". To start again from the first step: "
        + again(run);
  }

  private static String again(RunbookRun run) {
    Map<String, String> given = run.parameters();
    String parameters =
        run.runbook().parameters().stream()
            .map(Parameter::name)
            .filter(given::containsKey)
            .map(name -> " " + name + "=" + Unquoted.quoted(given.get(name)))
            .collect(Collectors.joining());
    return "/incident runbook " + run.runbook().name() + parameters;
  }
}
