// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.alert.AlertRule;
import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Key;
import dev.muster.config.AccessSettings;
import dev.muster.config.AlertPattern;
import dev.muster.config.AlertSettings;
import dev.muster.config.AlertSource;
import dev.muster.config.BotConfig.Incidents;
import dev.muster.config.BotConfig.ServiceEntry;
import dev.muster.config.BotConfig.Store;
import dev.muster.config.Outbound;
import dev.muster.config.ReactionSettings;
import dev.muster.config.ServerSettings;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Override;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of the main file: its keys, as people write them. */
record BotFile(
    ServerSettings server,
    Store store,
    Incidents incidents,
    Map<String, Node> platforms,
    AlertKeys alerts,
    Map<Severity, SeverityKeys> severities,
    List<ServiceEntry> services,
    OnCallKeys oncall,
    AccessSettings access,
    ReactionSettings reactions,
    Outbound outbound,
    @Default("runbooks/") Path runbooks) {

  /** Who may send alerts and what they lead to. */
  record AlertKeys(@Default(DEFAULT_SOURCES) List<AlertSource> sources, List<RuleKeys> rules) {
    static final String DEFAULT_SOURCES =
        """
        - { name: alertmanager, kind: alertmanager, token: "${ALERTMANAGER_TOKEN:-}" }
        - { name: generic, kind: generic, token: "${GENERIC_ALERT_TOKEN:-}" }
        """;

    AlertSettings settings() {
      return new AlertSettings(sources, rules.stream().map(RuleKeys::rule).toList());
    }
  }

  /** What to do with an alert. */
  record RuleKeys(
      Map<String, String> match,
      List<String> groupBy,
      Optional<Severity> severity,
      @Default("{{labels.service}}") String service,
      @Key("do") AlertRule.Action action) {
    AlertRule rule() {
      return new AlertRule(match, groupBy, severity, service, action);
    }
  }

  /** What a severity asks for; what is left out keeps its default. */
  record SeverityKeys(
      Optional<DurationOrOff> updateEvery,
      Optional<DurationOrOff> ackWithin,
      Optional<String> policy,
      Optional<DurationOrOff> silentAfter) {}

  /** The keys every platform has, whatever its adapter adds. */
  record PlatformKeys(
      Optional<Boolean> enabled,
      Optional<String> announceChannel,
      Optional<List<String>> alertChannels,
      @Default(DEFAULT_PATTERNS) List<AlertPattern> alertPatterns) {

    /** The titles of Alertmanager's own chat templates, and what people and scripts write. */
    static final String DEFAULT_PATTERNS =
        """
        - name: alertmanager
          pattern: '(?i)^\\s*\\[(?P<status>firing|resolved)(?::(?P<count>[0-9]+))?\\]\\s+(?P<title>(?P<alertname>[^\\s(|]+)[^\\n(|]*)'
        - name: words
          pattern: '^\\s*(?:(?P<severity>CRITICAL|PAGE|WARNING)|(?P<status>FIRING|ALERT|RESOLVED|RECOVERED|OK))\\s*:\\s+(?P<title>[^\\n]+)'
        """;
  }

  /** Who is called. */
  record OnCallKeys(List<ScheduleKeys> schedules, List<PolicyKeys> policies) {}

  /** A rotation with its clock. */
  record ScheduleKeys(
      String name,
      @Default("UTC") ZoneId zone,
      List<String> people,
      @Default("7d") Duration rotateEvery,
      @Default("2026-01-05T09:00") LocalDateTime start,
      List<OverrideKeys> overrides)
      implements Checked {

    @java.lang.Override
    public void check() {
      if (people.isEmpty()) {
        throw new IllegalArgumentException("people is empty; name at least one, such as [ada, li]");
      }
      schedule();
    }

    Schedule schedule() {
      List<Override> turns = overrides.stream().map(each -> each.override(zone)).toList();
      return new Schedule(name, zone, new Rotation(people, rotateEvery, start), turns);
    }
  }

  /** Somebody stands in, in the local time of the schedule. */
  record OverrideKeys(String person, LocalDateTime from, LocalDateTime until) {
    private static final Duration LONGEST = Duration.ofDays(366);

    OverrideKeys {
      if (Duration.between(from, until).compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("until is more than a year after from; check the years");
      }
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("until is not after from; swap or mend them");
      }
    }

    Override override(ZoneId zone) {
      return new Override(person, from.atZone(zone).toInstant(), until.atZone(zone).toInstant());
    }
  }

  /** Who is asked in which order. */
  record PolicyKeys(String name, List<LevelKeys> levels) implements Checked {
    @java.lang.Override
    public void check() {
      policy();
    }

    EscalationPolicy policy() {
      return new EscalationPolicy(name, levels.stream().map(LevelKeys::level).toList());
    }
  }

  /** Who is asked together. */
  record LevelKeys(@Key("notify") List<Target> targets, @Default("0s") Duration after) {
    LevelKeys {
      if (targets.isEmpty()) {
        throw new IllegalArgumentException(
            "notify names nobody; write for example [\"schedule:payments\"] or [\"person:ada\"]");
      }
    }

    EscalationPolicy.Level level() {
      return new EscalationPolicy.Level(targets, after);
    }
  }
}
