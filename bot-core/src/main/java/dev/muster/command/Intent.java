// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Closing;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person wishes, free of the words and of the platform it was said on. Buttons and forms
 * lead to the same intents. Text in it is untrusted.
 */
public sealed interface Intent permits Intent.Own, Outward, PaperIntent, TaskIntent {

  /** Calls the handler's method for this intent. */
  <R> R handle(IntentHandler<R> by);

  /** A wish about an incident, its people and its papers. */
  sealed interface Own extends Intent {}

  /**
   * Show help.
   *
   * @param verb about which verb; empty for the menu that fits the place
   */
  record Help(Optional<String> verb) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.help(this);
    }
  }

  /**
   * Show the current card.
   *
   * @param publicly to the whole channel
   */
  record ShowStatus(boolean publicly) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showStatus(this);
    }
  }

  /**
   * List incidents.
   *
   * @param which the choice
   */
  record ListIncidents(IncidentFilter which) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.listIncidents(this);
    }
  }

  /**
   * Open the form to declare, filled in as far as known.
   *
   * @param title the title so far
   * @param options the rest so far
   */
  record OfferDeclaration(Optional<Title> title, DeclareOptions options) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.offerDeclaration(this);
    }
  }

  /**
   * Declare an incident without a form or a question.
   *
   * @param title the title
   * @param options the rest
   */
  record Declare(Title title, DeclareOptions options) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.declare(this);
    }
  }

  /**
   * Judge the impact differently.
   *
   * @param to the new severity
   * @param reason why, if said
   */
  record ChangeSeverity(Severity to, Optional<String> reason) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.changeSeverity(this);
    }
  }

  /**
   * Give a role to a person.
   *
   * @param role which
   * @param person to whom
   */
  record AssignRole(Role role, PersonRef person) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.assignRole(this);
    }
  }

  /**
   * Leave a role vacant.
   *
   * @param role which
   */
  record ReleaseRole(Role role) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.releaseRole(this);
    }
  }

  /** Show who has which role. */
  record ShowRoles() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showRoles(this);
    }
  }

  /** Add me to the incident. */
  record Join() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.join(this);
    }
  }

  /**
   * Add people or groups to the incident.
   *
   * @param people who, at least one
   */
  record Invite(List<PersonRef> people) implements Own {
    /** Keeps an unmodifiable copy. */
    public Invite {
      people = List.copyOf(people);
    }

    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.invite(this);
    }
  }

  /**
   * Change the title.
   *
   * @param title the new one
   */
  record ChangeTitle(Title title) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.changeTitle(this);
    }
  }

  /**
   * Say what the incident does to people.
   *
   * @param words the description
   */
  record DescribeImpact(String words) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.describeImpact(this);
    }
  }

  /**
   * Say which services are affected; replaces the list.
   *
   * @param services their names, at least one
   */
  record NameServices(List<String> services) implements Own {
    /** Keeps an unmodifiable copy. */
    public NameServices {
      services = List.copyOf(services);
    }

    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.nameServices(this);
    }
  }

  /**
   * Post a status update; without text, open the form for one.
   *
   * @param text the update
   */
  record PostUpdate(Optional<String> text) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.postUpdate(this);
    }
  }

  /**
   * Promise the next update.
   *
   * @param within how long from now, one minute to seven days
   */
  record PromiseUpdate(Duration within) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.promiseUpdate(this);
    }
  }

  /** Show the timeline. */
  record ShowTimeline() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showTimeline(this);
    }
  }

  /**
   * Write a note on the timeline.
   *
   * @param at when it happened, if not now
   * @param text the note
   */
  record AddToTimeline(Optional<TimeRef> at, String text) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.addToTimeline(this);
    }
  }

  /**
   * Note an action item.
   *
   * @param text what is to be done
   * @param owner by whom, if said
   * @param due until when, if said
   */
  record AddAction(String text, Optional<PersonRef> owner, Optional<DueDate> due) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.addAction(this);
    }
  }

  /** List the action items. */
  record ListActions() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.listActions(this);
    }
  }

  /**
   * Mark an action item as done.
   *
   * @param number its number in the list, from 1
   */
  record FinishAction(int number) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.finishAction(this);
    }
  }

  /**
   * Say that the incident is identified, mitigated or resolved.
   *
   * @param to which of the three
   * @param text what was found or done, if said
   */
  record Advance(IncidentStatus to, Optional<String> text) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.advance(this);
    }
  }

  /**
   * Take a resolved or closed incident up again.
   *
   * @param reason why, if said
   */
  record Reopen(Optional<String> reason) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.reopen(this);
    }
  }

  /**
   * Close the incident.
   *
   * @param closing why
   * @param text a last remark, if said
   */
  record Close(Closing closing, Optional<String> text) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.close(this);
    }
  }

  /**
   * Close the incident from any status as a false alarm.
   *
   * @param reason why
   */
  record Cancel(String reason) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.cancel(this);
    }
  }

  /** Show the postmortem. */
  record ShowPostmortem() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showPostmortem(this);
    }
  }

  /** List the runbooks that fit. */
  record ListRunbooks() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.listRunbooks(this);
    }
  }

  /**
   * Start a runbook.
   *
   * @param name its name
   * @param parameters its parameters by name
   */
  record StartRunbook(String name, Map<String, String> parameters) implements Own {
    /** Keeps an unmodifiable copy. */
    public StartRunbook {
      parameters = Map.copyOf(parameters);
    }

    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.startRunbook(this);
    }
  }

  /**
   * Propose a rollback.
   *
   * @param service of which service; empty means the affected one
   * @param version to which version; empty means the one before
   */
  record RollBack(Optional<String> service, Optional<String> version) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.rollBack(this);
    }
  }

  /**
   * Ask more or other people.
   *
   * @param target whom
   * @param reason why, if said
   * @param words everything after the verb, the reason if the target turns out to be none
   */
  record Escalate(EscalationTarget target, Optional<String> reason, String words) implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.escalate(this);
    }
  }

  /** Say that somebody has taken the incident on; stops every escalation of it. */
  record Acknowledge() implements Own {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.acknowledge(this);
    }
  }
}
