// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import java.util.Optional;
import java.util.function.Function;

/** What a typed command means. */
public sealed interface ParsedCommand {

  /** Calls the function for the kind of result this is. */
  <R> R match(Function<Understood, R> understood, Function<NotUnderstood, R> notUnderstood);

  /**
   * The command is in the language; whether it may be done is for others to say.
   *
   * @param intent what is wished
   * @param spec the verb's entry in the table, which says who may do it and on what
   * @param addressed the incident named in the command; empty means the one of the channel
   */
  record Understood(Intent intent, CommandSpec spec, Optional<IncidentId> addressed)
      implements ParsedCommand {

    /**
     * Returns which incident it is about when none is named: a verb that changes something also has
     * forms that only show it.
     */
    public Scope scope() {
      boolean shows =
          intent instanceof Intent.ShowRoles
              || intent instanceof Intent.ShowTimeline
              || intent instanceof Intent.ShowPostmortem
              || intent instanceof PaperIntent.ExportTimeline
              || intent instanceof Outward.ShowCall
              || intent instanceof TaskIntent.ListTasks
              || intent instanceof Intent.ListRunbooks;
      return shows ? Scope.READS : spec.scope();
    }

    @Override
    public <R> R match(
        Function<Understood, R> understood, Function<NotUnderstood, R> notUnderstood) {
      return understood.apply(this);
    }
  }

  /**
   * The command is not in the language; nothing was done.
   *
   * @param rejection what was not understood and the nearest valid example
   */
  record NotUnderstood(Rejection rejection) implements ParsedCommand {
    @Override
    public <R> R match(
        Function<Understood, R> understood, Function<NotUnderstood, R> notUnderstood) {
      return notUnderstood.apply(this);
    }
  }
}
