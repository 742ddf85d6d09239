// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides about each alert: a pure function of the alert, what is known, the rules and the time.
 *
 * <pre>
 *   resolved ─ heard firing? ─ no ─► RecordResolved(none)      yes ─► RecordResolved   again ─► Repeat
 *   firing ─ snoozed? ─► Ignore
 *          ─ same beginning, firing before? ─► Repeat
 *          ─ its incident unclosed? ─► Attach (fires again, flapping)
 *          ─ an alert like it, by another road, has an unclosed incident? ─► Attach
 *          ─ no rule, or a rule that does not declare? ─► Ignore
 *          ─ its group has an unclosed incident? ─► Attach
 *          ─ storm? ─► Attach to the umbrella, or Declare it
 *          ─ else ─► Declare
 * </pre>
 */
public final class AlertRouting {

  /** More automatic incidents than this from one source within the window make a storm. */
  public static final int STORM_LIMIT = 5;

  /** How far back automatic incidents are counted. */
  public static final Duration STORM_WINDOW = Duration.ofMinutes(10);

  private static final Duration FLAP_WINDOW = Duration.ofMinutes(10);
  private static final int TITLE_LIMIT = 250;

  private AlertRouting() {}

  /** Returns the group of a source's alert storm. */
  public static String umbrellaKey(String source) {
    return "storm " + source;
  }

  /** Returns the first rule that is about the alert. */
  public static Optional<AlertRule> ruleFor(Alert alert, List<AlertRule> rules) {
    return rules.stream().filter(rule -> rule.matches(alert)).findFirst();
  }

  /** Returns the group of the alert under the rules; without a rule the alert is its own group. */
  public static String groupKey(Alert alert, List<AlertRule> rules) {
    return ruleFor(alert, rules).map(rule -> rule.groupKey(alert)).orElse("alert " + alert.key());
  }

  /**
   * Returns what is to be done.
   *
   * @param alert the statement
   * @param situation what is known before it
   * @param rules the rules; where none are configured, {@link AlertRule#defaults}
   * @param now the time of receipt
   */
  public static AlertVerdict decide(
      Alert alert, AlertSituation situation, List<AlertRule> rules, Instant now) {
    Optional<AlertSituation.Known> known = situation.known();
    AlertVerdict verdict =
        byItself(alert, known, rules, now).orElseGet(() -> fresh(alert, situation, rules, now));
    boolean saidBefore = known.filter(before -> isSameFiring(alert, before)).isPresent();
    return saidBefore && verdict instanceof AlertVerdict.Ignore ignored
        ? repeatOf(ignored)
        : verdict;
  }

  /**
   * Returns what is to be done where that follows from what the same key said before, whatever else
   * is known; most statements of a storm are such.
   */
  public static Optional<AlertVerdict> byItself(
      Alert alert, Optional<AlertSituation.Known> known, List<AlertRule> rules, Instant now) {
    return alert.status() == Alert.Status.RESOLVED
        ? Optional.of(resolved(known))
        : known.flatMap(before -> heardBefore(alert, before, rules, now));
  }

  private static boolean isSameFiring(Alert alert, AlertSituation.Known before) {
    return before.status() == Alert.Status.FIRING && before.startsAt().equals(alert.startsAt());
  }

  /** What was ignored once need not be ignored aloud again. */
  private static AlertVerdict repeatOf(AlertVerdict.Ignore ignored) {
    return ignored.reason() == VerdictReason.SNOOZED
        ? ignored
        : new AlertVerdict.Repeat(Optional.empty(), VerdictReason.REPEATED);
  }

  private static AlertVerdict resolved(Optional<AlertSituation.Known> before) {
    if (before.isEmpty()) {
      return new AlertVerdict.RecordResolved(Optional.empty(), VerdictReason.RESOLVED_UNKNOWN);
    }
    AlertSituation.Known known = before.get();
    return known.status() == Alert.Status.RESOLVED
        ? new AlertVerdict.Repeat(known.openIncident(), VerdictReason.REPEATED)
        : new AlertVerdict.RecordResolved(known.openIncident(), VerdictReason.NO_LONGER_FIRING);
  }

  /** Returns the verdict on a key that was heard before; empty if it starts afresh. */
  private static Optional<AlertVerdict> heardBefore(
      Alert alert, AlertSituation.Known known, List<AlertRule> rules, Instant now) {
    if (known.snoozedUntil().filter(now::isBefore).isPresent()) {
      return Optional.of(new AlertVerdict.Ignore(VerdictReason.SNOOZED));
    }
    if (known.status() == Alert.Status.FIRING && known.incident().isPresent()) {
      return stillFiring(alert, known);
    }
    return known
        .openIncident()
        .map(
            incident ->
                new AlertVerdict.Attach(incident, groupKey(alert, rules), again(known, now)));
  }

  /** An alert that fires on repeats itself, also when people have closed its incident meanwhile. */
  private static Optional<AlertVerdict> stillFiring(Alert alert, AlertSituation.Known known) {
    if (known.unclosed()) {
      return Optional.of(new AlertVerdict.Repeat(known.incident(), VerdictReason.REPEATED));
    }
    return isSameFiring(alert, known)
        ? Optional.of(new AlertVerdict.Repeat(Optional.empty(), VerdictReason.STILL_FIRING))
        : Optional.empty();
  }

  private static VerdictReason again(AlertSituation.Known known, Instant now) {
    return known.lastAt().plus(FLAP_WINDOW).isAfter(now)
        ? VerdictReason.FLAPPING
        : VerdictReason.FIRES_AGAIN;
  }

  private static AlertVerdict fresh(
      Alert alert, AlertSituation situation, List<AlertRule> rules, Instant now) {
    if (situation.near().isPresent()) {
      AlertSituation.Near near = situation.near().get();
      return new AlertVerdict.Attach(near.incident(), groupKey(alert, rules), near.reason());
    }
    Optional<AlertRule> rule = ruleFor(alert, rules);
    if (rule.isEmpty()) {
      return new AlertVerdict.Ignore(VerdictReason.NO_RULE);
    }
    return switch (rule.get().action()) {
      case STORE -> new AlertVerdict.Ignore(VerdictReason.RULE_STORES);
      case ATTACH -> attaching(alert, situation, rule.get());
      case IGNORE -> new AlertVerdict.Ignore(VerdictReason.RULE_IGNORES);
      case DECLARE -> declaring(alert, situation, rule.get(), now);
    };
  }

  private static AlertVerdict attaching(Alert alert, AlertSituation situation, AlertRule rule) {
    return situation
        .groupIncident()
        .map(incident -> sameGroup(incident, rule.groupKey(alert)))
        .orElseGet(() -> new AlertVerdict.Ignore(VerdictReason.NOTHING_TO_ATTACH_TO));
  }

  private static AlertVerdict sameGroup(IncidentId incident, String groupKey) {
    return new AlertVerdict.Attach(incident, groupKey, VerdictReason.SAME_GROUP);
  }

  private static AlertVerdict declaring(
      Alert alert, AlertSituation situation, AlertRule rule, Instant now) {
    String groupKey = rule.groupKey(alert);
    if (situation.groupIncident().isPresent()) {
      return sameGroup(situation.groupIncident().get(), groupKey);
    }
    if (situation.umbrella().isPresent()) {
      IncidentId incident = situation.umbrella().get();
      return new AlertVerdict.Attach(incident, groupKey, VerdictReason.STORM_CONTINUES);
    }
    Severity severity =
        rule.severity().orElseGet(() -> SeverityWord.of(alert.severity()).severity());
    return isStorm(situation.declarations(), now)
        ? umbrella(alert.key().source(), severity)
        : new AlertVerdict.Declare(
            title(alert), severity, rule.serviceOf(alert), groupKey, VerdictReason.RULE_DECLARES);
  }

  private static boolean isStorm(List<Instant> declarations, Instant now) {
    Instant since = now.minus(STORM_WINDOW);
    return declarations.stream().filter(since::isBefore).count() >= STORM_LIMIT;
  }

  private static AlertVerdict umbrella(String source, Severity severity) {
    return new AlertVerdict.Declare(
        SafeText.line("Alert storm from " + source, TITLE_LIMIT),
        severity,
        Optional.empty(),
        umbrellaKey(source),
        VerdictReason.STORM_BEGINS);
  }

  private static String title(Alert alert) {
    String line = SafeText.line(alert.title(), TITLE_LIMIT);
    return line.codePoints().anyMatch(Character::isLetterOrDigit)
        ? line
        : SafeText.line("Alert from " + alert.key().source(), TITLE_LIMIT);
  }
}
