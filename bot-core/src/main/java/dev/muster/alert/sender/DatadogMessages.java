// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages of Datadog's monitors: {@code Triggered: name of the monitor}, or {@code [Triggered on
 * {host:web-1}] name}; the words are those of its variable {@code $ALERT_TRANSITION}. The monitor's
 * number in the link and the scope make the identity, as one monitor has many groups.
 */
final class DatadogMessages implements Sender {

  private static final String NAME = "datadog";
  private static final String STATES =
      "(Triggered|Recovered|Warn|No Data|Re-Triggered|Re-Warn|Re-No Data|Renotify)";
  private static final Pattern TITLE =
      Pattern.compile(
          "^(?:\\["
              + STATES
              + "(?: on \\{([^{}]{0,400})\\})?\\]|"
              + STATES
              + ":)\\s*(?:\\[(P[1-5])\\]\\s*)?(.{1,500})$",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MONITOR =
      Pattern.compile("^https://[a-z0-9.-]*(?:datadoghq\\.(?:com|eu)|ddog-gov\\.com)/(.{0,3000})");
  private static final Pattern NUMBER = Pattern.compile("monitors?[/#](?:status/)?([0-9]{1,20})");
  private static final Pattern GROUP = Pattern.compile("[?&]group=([^&#]{1,500})");
  private static final Pattern TAG =
      Pattern.compile("(?<![A-Za-z0-9_/.-])([a-z][a-z0-9_-]{1,60}):([A-Za-z0-9_./-]{1,120})");

  @Override
  public Optional<Statement> read(AlertMessage message) {
    Optional<MatchResult> link = Parts.link(message, MONITOR);
    return link.flatMap(l -> Parts.first(message, TITLE).map(title -> read(message, title, l)));
  }

  private static Statement read(AlertMessage message, MatchResult title, MatchResult link) {
    String state =
        (title.group(1) == null ? title.group(3) : title.group(1)).toLowerCase(Locale.ROOT);
    String scope = title.group(2) == null ? "" : title.group(2);
    String name = title.group(5).strip();
    String number = found(NUMBER, link.group(1));
    String group = found(GROUP, link.group(1));
    Map<String, String> labels = labels(message, scope + " " + group.replace("%3A", ":"), name);
    severity(state, Optional.ofNullable(title.group(4))).ifPresent(w -> labels.put("severity", w));
    String what = number.isEmpty() ? name : number;
    return new Statement(
        NAME,
        NAME + " " + what + " " + (scope.isEmpty() && group.isEmpty() ? name : scope + group),
        state.equals("recovered") ? Alert.Status.RESOLVED : Alert.Status.FIRING,
        Parts.title(name, "Alert from Datadog"),
        labels,
        Map.of(),
        link.group());
  }

  private static Map<String, String> labels(AlertMessage message, String scope, String name) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("alertname", Parts.title(name, "monitor"));
    Stream.of(scope, Parts.field(message, "tags").orElse(""), tagLine(message))
        .flatMap(text -> TAG.matcher(text).results())
        .limit(40)
        .forEach(tag -> labels.putIfAbsent(tag.group(1), tag.group(2)));
    return labels;
  }

  private static String tagLine(AlertMessage message) {
    return Parts.lines(message).stream()
        .map(Parts::plain)
        .filter(line -> line.regionMatches(true, 0, "tags:", 0, 5))
        .findFirst()
        .map(line -> line.substring(5))
        .orElse("");
  }

  /** A warning is one; for the rest the monitor's own priority counts. */
  private static Optional<String> severity(String state, Optional<String> priority) {
    return state.endsWith("warn") ? Optional.of("warning") : priority;
  }

  private static String found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(each -> each.group(1)).findFirst().orElse("");
  }
}
