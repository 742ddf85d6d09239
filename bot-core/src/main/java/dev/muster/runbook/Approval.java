// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Rejection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A press on <i>Approve</i>: the consent of a second person to one exact request.
 *
 * @param approver who pressed
 * @param identities who else that person is, on other platforms
 * @param entitled whether access rules let this actor approve at this moment
 * @param digest the fingerprint on the card that was pressed
 * @param contentHash fingerprint of the runbook as it is configured at this moment; empty when it
 *     is no longer configured
 */
public record Approval(
    Actor approver, Set<UserRef> identities, boolean entitled, String digest, String contentHash) {

  /** Keeps an unmodifiable copy. */
  public Approval {
    identities = Set.copyOf(identities);
  }

  /** Makes the approval of somebody who has no other identity. */
  public Approval(Actor approver, boolean entitled, String digest, String contentHash) {
    this(approver, Set.of(), entitled, digest, contentHash);
  }

  /**
   * Returns why the approval does not count, or empty when it does. It counts only for an awaiting
   * step, from a person other than the requester by identity, who is entitled, in time, for the
   * very request and runbook that were shown.
   */
  public Optional<Rejection> problem(StepRun step, String requestedHash, Instant now) {
    if (step.state() != StepState.AWAITING_APPROVAL) {
      return Optional.of(
          new Rejection("not_awaiting", settled(step, approver), "This press changed nothing."));
    }
    Consent consent = step.consent();
    Optional<Person> person = approver.human();
    if (person.isEmpty()) {
      return refuse("not_human", "Only a person can approve a step.");
    }
    UserRef requester = consent.requester().ref();
    if (person.get().ref().equals(requester) || identities.contains(requester)) {
      return Optional.of(
          new Rejection(
              "same_person",
              "You asked for this step, so somebody else must approve it.",
              "Ask another person to press Approve."));
    }
    if (!entitled) {
      return refuse("not_entitled", "You may not approve steps.");
    }
    if (consent.isLapsed(now)) {
      return refuse("expired", "This request lapsed at " + consent.expiresAt() + ".");
    }
    if (consent.digest().isEmpty() || !consent.digest().equals(digest)) {
      return refuse("changed", "The request is not the one that was shown to you.");
    }
    if (!requestedHash.equals(contentHash)) {
      return refuse("runbook_changed", "The runbook was changed after the request was made.");
    }
    return Optional.empty();
  }

  private static String settled(StepRun step, Actor presser) {
    Consent consent = step.consent();
    String state = "The step is " + step.state().word().replace('_', ' ') + " now.";
    if (consent == null || consent.approver() == null) {
      return state;
    }
    boolean own =
        presser.human().filter(by -> by.ref().equals(consent.approver().ref())).isPresent();
    return (own ? "You" : consent.approver().name()) + " approved this step already. " + state;
  }

  private static Optional<Rejection> refuse(String reason, String sentence) {
    return Optional.of(new Rejection(reason, sentence, "Nothing was run. Ask for the step again."));
  }
}
