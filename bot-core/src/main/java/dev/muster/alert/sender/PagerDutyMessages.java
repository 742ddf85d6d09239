// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Messages of PagerDuty about its incidents. Shapes differ between its integrations, so they are
 * known by the link to the incident, which is also the identity. PagerDuty rewrites its message
 * while the incident goes on: triggered, acknowledged, resolved.
 */
final class PagerDutyMessages implements Sender {

  private static final String NAME = "pagerduty";
  private static final Pattern INCIDENT =
      Pattern.compile("^https://([a-z0-9.-]{1,200}\\.pagerduty\\.com)/incidents/([A-Z0-9]{4,40})");
  private static final Pattern STATE =
      Pattern.compile(
          "\\b(Triggered|Acknowledged|Escalated|Reassigned|Resolved|Unacknowledged|Reopened)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?:^|\\s)(?:\\[?#([0-9]{1,12})\\]?)[\\s:]*(?:https?://\\S+\\s*)?[-:–]?\\s*(.{1,400})$");

  @Override
  public Optional<Statement> read(AlertMessage message) {
    return Parts.link(message, INCIDENT)
        .flatMap(link -> state(message).map(state -> statement(message, link, state)));
  }

  private static Optional<String> state(AlertMessage message) {
    return Parts.field(message, "status")
        .filter(value -> STATE.matcher(value).find())
        .or(() -> Parts.first(message, STATE).map(MatchResult::group))
        .map(word -> word.toLowerCase(Locale.ROOT));
  }

  private static Statement statement(AlertMessage message, MatchResult link, String state) {
    String title =
        Parts.first(message, NUMBERED)
            .map(found -> found.group(2))
            .orElseGet(() -> Parts.lines(message).stream().findFirst().orElse(""));
    String shown = Parts.title(Parts.plain(title), "PagerDuty incident " + link.group(2));
    return new Statement(
        NAME,
        NAME + " " + link.group(1) + " " + link.group(2),
        state.contains("resolved") ? Alert.Status.RESOLVED : Alert.Status.FIRING,
        shown,
        Parts.labels(
            "alertname",
            shown,
            "service",
            Parts.field(message, "service").orElse(""),
            "severity",
            Parts.field(message, "urgency").orElse("")),
        Map.of(),
        link.group());
  }
}
