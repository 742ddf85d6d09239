// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.Person;
import java.time.Duration;
import java.time.Instant;

/**
 * Who asked for a step, and what a second person's approval is bound to.
 *
 * @param requester who asked
 * @param digest fingerprint of the exact request; empty when no approval is needed
 * @param expiresAt when the request lapses; null when no approval is needed
 * @param approver who consented; null until then
 */
public record Consent(Person requester, String digest, Instant expiresAt, Person approver) {

  Consent approvedBy(Person person) {
    return new Consent(requester, digest, expiresAt, person);
  }

  Consent moved(Duration by) {
    return expiresAt == null ? this : new Consent(requester, digest, expiresAt.plus(by), approver);
  }

  boolean isLapsed(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
