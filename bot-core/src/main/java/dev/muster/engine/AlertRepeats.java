// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRouting;
import dev.muster.alert.AlertVerdict;
import dev.muster.alert.SameAlert;
import dev.muster.store.AlertRecord;
import dev.muster.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes what a body says once more, in the same words, of alerts that fire on: most of a storm. It
 * changes nothing but how often and when, so all of it is written at once. The verdict is that of
 * {@link AlertRouting}, as for any statement.
 */
final class AlertRepeats {

  private final Telemetry telemetry;

  AlertRepeats(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /**
   * Takes the repeats among the alerts of a body, and returns the others. Of one alert nothing
   * overtakes what was said before.
   *
   * @param spoken gets the identifiers of the alerts that were taken
   */
  List<Alert> take(Moment moment, List<Alert> alerts, Set<String> spoken) {
    Map<String, Integer> verdicts = new TreeMap<>();
    List<Alert> others =
        moment
            .tx()
            .alerts()
            .saveRepeats(
                alerts,
                (stated, before) -> {
                  Optional<AlertRecord> repeated = repeated(moment, stated, before);
                  if (repeated.isPresent()) {
                    verdicts.merge(repeated.get().verdict(), 1, Integer::sum);
                    spoken.add(before.id());
                  }
                  return repeated;
                });
    if (!verdicts.isEmpty()) {
      moment.tx().afterCommit(() -> verdicts.forEach(this::count));
    }
    return others;
  }

  /** After the commit, because what is done together may be undone and done once more. */
  private void count(String verdict, int times) {
    telemetry.add("muster_alerts_total", times, "verdict", verdict);
  }

  private static Optional<AlertRecord> repeated(Moment moment, Alert stated, AlertRecord before) {
    if (SameAlert.isMessage(stated)
        || stated.status() != Alert.Status.FIRING
        || stated != before.latest() && !stated.equals(before.latest())) {
      return Optional.empty();
    }
    return AlertRouting.byItself(
            stated,
            Optional.of(AlertDesk.known(moment, before)),
            moment.settings().alertRules(),
            moment.now())
        .filter(AlertVerdict.Repeat.class::isInstance)
        .map(verdict -> AlertRecords.stated(before, stated, verdict.reason().word(), moment.now()));
  }
}
