// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What an incident of one severity asks of people and bot.
 *
 * @param updateEvery how often a summary is posted by itself; empty means never
 * @param ackWithin how long until the policy starts when nobody acknowledges; empty means never
 * @param policy the escalation policy's name; empty means there is nobody to ask
 * @param silentAfter how long nothing may be heard from the commander; empty means as long as it is
 */
public record SeverityRules(
    Optional<Duration> updateEvery,
    Optional<Duration> ackWithin,
    Optional<String> policy,
    Optional<Duration> silentAfter) {}
