// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessPolicy;
import dev.muster.alert.AlertRule;
import dev.muster.alert.MessageAlerts;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import dev.muster.runbook.Runbook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator decided, as the engine needs it. A snapshot: a reload replaces it as a whole.
 *
 * @param publicUrl where people reach the pages, without a trailing slash
 * @param platforms where incidents from alerts and the API open
 * @param everywhere whether what a person declares on one platform opens on those as well
 * @param announceChannels the name of the announcement channel by platform
 * @param alertChannels the names of the channels read as alerts, by platform
 * @param severities rules by severity; a missing one has none
 * @param services what can be affected
 * @param schedules who is on call when
 * @param policies whom to ask one after another
 * @param runbooks what can be run
 * @param alertRules what to do with alerts; the first that matches wins
 * @param messageAlerts reads messages of alert channels, by platform
 * @param linkByEmail whether people with one verified address on several platforms are one person
 * @param access who may do what
 * @param groups people by group name
 * @param reactions which reactions mean something
 * @param version the product's version, as people are told
 */
public record Settings(
    String publicUrl,
    List<String> platforms,
    boolean everywhere,
    Map<String, String> announceChannels,
    Map<String, Set<String>> alertChannels,
    Map<Severity, SeverityRule> severities,
    List<ServiceEntry> services,
    List<Schedule> schedules,
    List<EscalationPolicy> policies,
    List<Runbook> runbooks,
    List<AlertRule> alertRules,
    Map<String, MessageAlerts> messageAlerts,
    boolean linkByEmail,
    AccessPolicy access,
    Map<String, List<String>> groups,
    ReactionNames reactions,
    String version) {

  /**
   * What a severity brings with it.
   *
   * @param updateEvery how often a summary goes out by itself; empty for never
   * @param ackWithin how long nobody may take the incident on before the next level is asked
   * @param policy the escalation policy's name; empty for none
   * @param silentAfter how long nothing may be heard from the commander; empty for as long as it is
   */
  public record SeverityRule(
      Optional<Duration> updateEvery,
      Optional<Duration> ackWithin,
      String policy,
      Optional<Duration> silentAfter) {

    /** Makes a rule by which a commander may be silent. */
    public SeverityRule(
        Optional<Duration> updateEvery, Optional<Duration> ackWithin, String policy) {
      this(updateEvery, ackWithin, policy, Optional.empty());
    }
  }

  /**
   * Something that can be affected.
   *
   * @param name its name
   * @param owner who owns it; empty for unknown
   * @param onCall the schedule to ask; empty for none
   * @param runbooks the runbooks that belong to it
   */
  public record ServiceEntry(String name, String owner, String onCall, List<String> runbooks) {}

  /** Returns the rule of a severity; one without anything when none is configured. */
  public SeverityRule rule(Severity severity) {
    return severities.getOrDefault(
        severity, new SeverityRule(Optional.empty(), Optional.empty(), ""));
  }

  /** Returns the policy of a severity. */
  public Optional<EscalationPolicy> policy(Severity severity) {
    String wanted = rule(severity).policy();
    return policies.stream().filter(policy -> policy.name().equals(wanted)).findFirst();
  }

  /** Returns whether a platform is switched on; every one while none is named. */
  public boolean isOn(String platform) {
    return announceChannels.isEmpty() || announceChannels.containsKey(platform);
  }

  /** Returns the name of the channel where a platform's incidents are announced. */
  public String announceChannel(String platform) {
    return announceChannels.getOrDefault(platform, "incidents");
  }
}
