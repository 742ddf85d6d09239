// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Optional;

/** A wish that reaches beyond what an incident knows of itself. */
public sealed interface Outward extends Intent {

  /** Send me the news of the incident as direct messages. */
  record Subscribe() implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.subscribe(this);
    }
  }

  /** Send me no more of them. */
  record Unsubscribe() implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.unsubscribe(this);
    }
  }

  /**
   * Ask exactly one person, or whoever is on call, to come.
   *
   * @param target whom: someone, or the name of a schedule, a group or a person
   * @param message what they are told, if said
   */
  record Page(EscalationTarget target, Optional<String> message) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.page(this);
    }
  }

  /** Say which version of the product answers. */
  record ShowVersion() implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showVersion(this);
    }
  }
}
