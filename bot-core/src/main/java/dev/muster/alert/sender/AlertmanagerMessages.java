// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.chat.PostedCard;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Messages of Prometheus Alertmanager. Its text is empty by default, title and summary carry the
 * subject, the title leads to Alertmanager (template/default.tmpl, {@code slack.default.*}). People
 * often write a title of their own; the summary then still has the subject. The group's identity is
 * the Alertmanager and the values of the group's labels: the other common labels change while the
 * group grows and shrinks.
 */
final class AlertmanagerMessages implements Sender {

  static final String NAME = "alertmanager";

  @Override
  public Optional<Statement> read(AlertMessage message) {
    return Parts.lines(message).stream()
        .flatMap(line -> Subject.of(Parts.plain(line)).stream())
        .findFirst()
        .map(shown -> statement(message, shown, subject(message).orElse(shown)));
  }

  /** Returns the subject with the most values: the summary's, where the title is people's own. */
  private static Optional<Subject> subject(AlertMessage message) {
    return message.cards().stream()
        .map(PostedCard::summary)
        .flatMap(line -> Subject.of(line).stream())
        .filter(subject -> !subject.others().isEmpty())
        .findFirst();
  }

  private static Statement statement(AlertMessage message, Subject shown, Subject exact) {
    LabelBlocks blocks = LabelBlocks.of(Parts.lines(message));
    String url =
        message.cards().stream()
            .map(PostedCard::titleUrl)
            .filter(link -> !link.isEmpty())
            .findFirst()
            .orElse("");
    String identity = exact.group().isEmpty() ? "receiver " + url : exact.group();
    return grouped(
        new Statement(
            NAME,
            NAME + " " + Parts.host(url) + " " + identity,
            shown.status(),
            Parts.title(shown.group().isEmpty() ? shown.others() : shown.group(), "Alert"),
            labels(message, exact, blocks),
            Map.of(AlertMessage.VALUES, exact.values()),
            blocks.links().getOrDefault("source", url)),
        shown.count());
  }

  private static Map<String, String> labels(
      AlertMessage message, Subject subject, LabelBlocks blocks) {
    Map<String, String> labels = new TreeMap<>(blocks.labels());
    labels.putIfAbsent("alertname", subject.name());
    Stream.of(subject.severity(), Parts.field(message, "severity").orElse(""))
        .filter(word -> !word.isEmpty())
        .findFirst()
        .ifPresent(word -> labels.putIfAbsent("severity", word));
    return labels;
  }

  /** Returns a statement that says how many alerts of its group fire. */
  static Statement grouped(Statement one, int count) {
    if (count <= 1 || one.status() == Alert.Status.RESOLVED) {
      return one;
    }
    Map<String, String> notes = new TreeMap<>(one.notes());
    notes.put(AlertMessage.COUNT, String.valueOf(count));
    return new Statement(
        one.sender(), one.identity(), one.status(), one.title(), one.labels(), notes, one.url());
  }
}
