// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.access.AccessPolicy;
import dev.muster.access.AccessRules;
import dev.muster.alert.AlertRule;
import dev.muster.alert.MessageAlerts;
import dev.muster.engine.ReactionNames;
import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings that differ from others in what a test cares about. For one thread. */
public final class SettingsDraft {

  private final Settings before;
  private List<String> platforms;
  private boolean everywhere;
  private Map<String, String> announceChannels;
  private Map<String, Set<String>> alertChannels;
  private Map<Severity, Settings.SeverityRule> severities;
  private List<Settings.ServiceEntry> services;
  private List<Schedule> schedules;
  private List<EscalationPolicy> policies;
  private List<Runbook> runbooks;
  private List<AlertRule> alertRules;
  private Map<String, MessageAlerts> messageAlerts;
  private boolean linkByEmail;
  private AccessPolicy access;
  private Map<String, List<String>> groups;
  private ReactionNames reactions;

  private SettingsDraft(Settings before) {
    this.before = before;
    platforms = before.platforms();
    everywhere = before.everywhere();
    announceChannels = before.announceChannels();
    alertChannels = before.alertChannels();
    severities = before.severities();
    services = before.services();
    schedules = before.schedules();
    policies = before.policies();
    runbooks = before.runbooks();
    alertRules = before.alertRules();
    messageAlerts = before.messageAlerts();
    linkByEmail = before.linkByEmail();
    access = before.access();
    groups = before.groups();
    reactions = before.reactions();
  }

  /** Begins with what these settings say. */
  public static SettingsDraft of(Settings before) {
    return new SettingsDraft(before);
  }

  /** Lets incidents of alerts open here, and announces them in the channel of that name. */
  public SettingsDraft announcing(String platform, String channel) {
    platforms = List.of(platform);
    announceChannels = Map.of(platform, channel);
    return this;
  }

  /** Announces incidents in the channels of these names, by platform. */
  public SettingsDraft announcements(Map<String, String> channels) {
    announceChannels = channels;
    return this;
  }

  /** Lets incidents of alerts open here. */
  public SettingsDraft platforms(String... names) {
    platforms = List.of(names);
    return this;
  }

  /** Lets what a person declares open on those platforms as well. */
  public SettingsDraft everywhere() {
    everywhere = true;
    return this;
  }

  /** Has messages of these channels read as alerts, by platform, and by whom. */
  public SettingsDraft alertChannels(
      Map<String, Set<String>> channels, Map<String, MessageAlerts> readers) {
    alertChannels = channels;
    messageAlerts = readers;
    return this;
  }

  /** Has these rules of severities. */
  public SettingsDraft severities(Map<Severity, Settings.SeverityRule> rules) {
    severities = rules;
    return this;
  }

  /** Has these services. */
  public SettingsDraft services(Settings.ServiceEntry... entries) {
    services = List.of(entries);
    return this;
  }

  /** Has these schedules. */
  public SettingsDraft schedules(Schedule... all) {
    schedules = List.of(all);
    return this;
  }

  /** Has these escalation policies. */
  public SettingsDraft policies(List<EscalationPolicy> all) {
    policies = all;
    return this;
  }

  /** Has these runbooks. */
  public SettingsDraft runbooks(Runbook... all) {
    runbooks = List.of(all);
    return this;
  }

  /**
   * Has one runbook, {@code rollback-checkout}, whose step waits for the consent of a second
   * person.
   *
   * @param idempotent whether its target folds repeats
   */
  public SettingsDraft rollback(boolean idempotent) {
    Step call =
        new Step(
            "call-deployer",
            Step.Kind.WEBHOOK,
            Step.Approval.REQUIRED,
            "POST",
            "http://127.0.0.1:9/rollback",
            null,
            "{}",
            null,
            null,
            idempotent);
    return runbooks(new Runbook("rollback-checkout", true, null, null, List.of(call), ""));
  }

  /** Has these rules of alerts. */
  public SettingsDraft alertRules(List<AlertRule> rules) {
    alertRules = rules;
    return this;
  }

  /** Has these rules of who may do what. */
  public SettingsDraft access(AccessRules rules) {
    access = new AccessPolicy(rules);
    return this;
  }

  /** Takes nobody for the same person for an address. */
  public SettingsDraft withoutLinksByEmail() {
    linkByEmail = false;
    return this;
  }

  /** Has these groups of people. */
  public SettingsDraft groups(Map<String, List<String>> all) {
    groups = all;
    return this;
  }

  /** Has these meanings of reactions. */
  public SettingsDraft reactions(ReactionNames names) {
    reactions = names;
    return this;
  }

  /** Returns the settings. */
  public Settings done() {
    return new Settings(
        before.publicUrl(),
        platforms,
        everywhere,
        announceChannels,
        alertChannels,
        severities,
        services,
        schedules,
        policies,
        runbooks,
        alertRules,
        messageAlerts,
        linkByEmail,
        access,
        groups,
        reactions,
        before.version());
  }
}
