// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.MessageAlerts;
import dev.muster.alert.sender.Senders;
import dev.muster.alert.sender.Statement;
import dev.muster.config.AlertPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads messages of alert channels as alerts: by the patterns that an operator wrote, then by what
 * is known of the usual senders, then by the usual patterns. The first that knows the message wins.
 * Takes time linear in the message. Safe for threads.
 */
public final class AlertMessagePatterns implements MessageAlerts {

  private final List<AlertPattern> written;
  private final List<AlertPattern> usual;

  /**
   * Makes the reader of these patterns.
   *
   * @param written what an operator wrote, asked before the usual senders
   * @param usual what stands where nothing was written, asked after them
   */
  public AlertMessagePatterns(List<AlertPattern> written, List<AlertPattern> usual) {
    this.written = List.copyOf(written);
    this.usual = List.copyOf(usual);
  }

  @Override
  public Optional<Alert> read(AlertMessage message) {
    return byPattern(written, message)
        .or(() -> Senders.read(message).map(said -> ofSender(message, said)))
        .or(() -> byPattern(usual, message));
  }

  private static Optional<Alert> byPattern(List<AlertPattern> patterns, AlertMessage message) {
    return patterns.stream()
        .filter(pattern -> message.fromProgram() || pattern.from() == AlertPattern.Authors.EVERYONE)
        .flatMap(
            pattern ->
                pattern.read(message.text()).stream()
                    .map(reading -> ofPattern(message, pattern, reading)))
        .findFirst();
  }

  private static Alert ofPattern(
      AlertMessage message, AlertPattern pattern, AlertPattern.Reading reading) {
    Map<String, String> notes = new TreeMap<>();
    notes.put(AlertMessage.READ_AS, pattern.name());
    if (!pattern.sameAs().isEmpty()) {
      notes.put(AlertMessage.SAME_AS, pattern.sameAs());
    }
    boolean group = reading.count().matches("[2-9]|[1-9][0-9]{1,5}");
    if (group && !reading.isResolved()) {
      notes.put(AlertMessage.COUNT, reading.count());
    }
    return finish(
        message,
        new Statement(
            pattern.name(),
            reading.key(),
            reading.isResolved() ? Status.RESOLVED : Status.FIRING,
            reading.title(),
            reading.labels(),
            notes,
            reading.url()));
  }

  private static Alert ofSender(AlertMessage message, Statement said) {
    Map<String, String> notes = new TreeMap<>(said.notes());
    notes.put(AlertMessage.READ_AS, said.sender());
    return finish(
        message,
        new Statement(
            said.sender(),
            said.identity(),
            said.status(),
            said.title(),
            said.labels(),
            notes,
            said.url()));
  }

  private static Alert finish(AlertMessage message, Statement said) {
    Map<String, String> notes = new TreeMap<>(said.notes());
    notes.put(AlertMessage.MESSAGE, message.text());
    String at = message.at().toString();
    return new AlertDraft(
            message.source(),
            said.identity(),
            said.status(),
            said.title(),
            said.labels(),
            notes,
            at,
            at,
            said.url())
        .finish(message.at());
  }
}
