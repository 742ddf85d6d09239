// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.IncidentId;
import java.util.List;
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
   * Put a link at the head of the incident's channel.
   *
   * @param url where it goes, http or https
   * @param label what it is called, if said
   */
  record ShareLink(String url, Optional<String> label) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.shareLink(this);
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

  /**
   * Say where people talk to each other; replaces the call before.
   *
   * @param url where the call is, http or https
   */
  record SetCall(String url) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.setCall(this);
    }
  }

  /**
   * Give the incident a channel on another platform as well.
   *
   * @param platform the platform's name as people wrote it
   */
  record OpenSpace(String platform) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.openSpace(this);
    }
  }

  /**
   * Say that two identities on different platforms are one person's.
   *
   * @param one one of them
   * @param other the other one
   * @param confirmed whether the person says that they know what follows
   */
  record LinkPerson(PersonRef one, PersonRef other, boolean confirmed) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.linkPerson(this);
    }
  }

  /**
   * Say that an identity is no other one's person.
   *
   * @param person which identity
   * @param confirmed whether the person says that they know what follows
   */
  record UnlinkPerson(PersonRef person, boolean confirmed) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.unlinkPerson(this);
    }
  }

  /** Show where people talk to each other. */
  record ShowCall() implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.showCall(this);
    }
  }

  /**
   * Show the incident to its members alone, or to everybody again.
   *
   * @param toPrivate whether only members are to see it
   * @param people who is to remain beside those who have a role; empty for all members
   * @param confirmed whether the person says that they know what follows
   */
  record ChangeVisibility(boolean toPrivate, List<PersonRef> people, boolean confirmed)
      implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.changeVisibility(this);
    }
  }

  /**
   * Close this incident as a duplicate of another one, which takes over what it has.
   *
   * @param into which one stays; empty to be asked
   * @param reason why, in the person's words; empty for none
   */
  record Merge(Optional<IncidentId> into, String reason) implements Outward {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.merge(this);
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
