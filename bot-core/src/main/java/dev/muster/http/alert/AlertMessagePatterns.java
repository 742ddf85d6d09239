// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import dev.muster.alert.MessageAlerts;
import dev.muster.config.AlertPattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads messages of alert channels as alerts by the configured patterns; the first that is found
 * wins. Takes time linear in the message. Safe for threads.
 */
public final class AlertMessagePatterns implements MessageAlerts {

  private final List<AlertPattern> patterns;

  /** Makes the reader of these patterns. */
  public AlertMessagePatterns(List<AlertPattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  @Override
  public Optional<Alert> read(String source, String text, Instant at) {
    return patterns.stream()
        .map(pattern -> pattern.read(text))
        .flatMap(Optional::stream)
        .findFirst()
        .map(reading -> draft(source, text, reading, at).finish(at));
  }

  private static AlertDraft draft(
      String source, String text, AlertPattern.Reading reading, Instant at) {
    return new AlertDraft(
        source,
        reading.key(),
        reading.isResolved() ? Alert.Status.RESOLVED : Alert.Status.FIRING,
        reading.title(),
        reading.labels(),
        Map.of("message", text),
        at.toString(),
        at.toString(),
        "");
  }
}
