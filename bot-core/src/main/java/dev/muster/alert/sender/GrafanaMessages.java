// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.chat.PostedCard;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Messages of Grafana. Unified alerting writes Alertmanager's subject as the title, the labels of
 * every alert below it, and {@code Grafana v…} as the footer; the title leads to the rule when the
 * group has one rule, else to the list of rules (receivers/slack/v1, templates/default_template.go
 * of grafana alerting). The alerting before it wrote {@code [Alerting] name} and {@code [OK] name}.
 */
final class GrafanaMessages implements Sender {

  private static final String NAME = "grafana";
  private static final Pattern LEGACY =
      Pattern.compile("^\\[(Alerting|No Data|OK)\\]\\s+(.{1,500})$");

  @Override
  public Optional<Statement> read(AlertMessage message) {
    return message.cards().stream()
        .filter(GrafanaMessages::isGrafana)
        .flatMap(card -> read(message, card).stream())
        .findFirst();
  }

  private static boolean isGrafana(PostedCard card) {
    return card.footer().toLowerCase(Locale.ROOT).startsWith(NAME)
        || card.titleUrl().contains("/alerting/");
  }

  private static Optional<Statement> read(AlertMessage message, PostedCard card) {
    Optional<Subject> subject = Subject.of(Parts.plain(card.title()));
    return subject.isPresent()
        ? Optional.of(unified(message, card, subject.get()))
        : LEGACY
            .matcher(Parts.plain(card.title()))
            .results()
            .map(old -> legacy(card, old))
            .findFirst();
  }

  private static Statement unified(AlertMessage message, PostedCard card, Subject subject) {
    LabelBlocks blocks = LabelBlocks.of(Parts.lines(message));
    Map<String, String> labels = new TreeMap<>(blocks.labels());
    labels.putIfAbsent("alertname", subject.name());
    if (!subject.severity().isEmpty()) {
      labels.putIfAbsent("severity", subject.severity());
    }
    Map<String, String> notes = new TreeMap<>(blocks.annotations());
    notes.put(AlertMessage.VALUES, subject.values());
    String shown =
        subject.count() == 1 && notes.containsKey("summary")
            ? notes.get("summary")
            : subject.group();
    return AlertmanagerMessages.grouped(
        new Statement(
            NAME,
            NAME + " " + Parts.host(card.titleUrl()) + " " + subject.group(),
            subject.status(),
            Parts.title(shown, Parts.title(subject.others(), "Alert from Grafana")),
            labels,
            notes,
            blocks.links().getOrDefault("source", card.titleUrl())),
        subject.count());
  }

  private static Statement legacy(PostedCard card, MatchResult title) {
    String name = title.group(2).strip();
    return new Statement(
        NAME,
        NAME + " " + Parts.host(card.titleUrl()) + " " + name,
        title.group(1).equals("OK") ? Alert.Status.RESOLVED : Alert.Status.FIRING,
        Parts.title(name, "Alert from Grafana"),
        Parts.labels("alertname", name),
        Map.of(),
        card.titleUrl());
  }
}
