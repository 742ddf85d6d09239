// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.JsonTexts.text;
import static dev.muster.http.alert.JsonTexts.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.alert.Alert;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Problem;
import dev.muster.http.alert.AlertBody.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the webhook of Prometheus Alertmanager (payload version 4, as its documentation describes
 * under "webhook_config"). Fields it does not know are passed over; one alert it cannot read makes
 * it refuse the body, so that none is lost in silence.
 */
public final class AlertmanagerDecoder implements AlertDecoder {

  private static final String EXPECTED =
      " Expected {\"alerts\": [{\"status\": \"firing\", \"labels\": {…}, \"annotations\": {…}}]}.";

  private final RepeatedDrafts repeated = new RepeatedDrafts();

  @Override
  public AlertBody decode(String source, byte[] body, Instant now) {
    return StrictJson.read(body, document -> alerts(source, document, now));
  }

  private AlertBody alerts(String source, JsonNode document, Instant now) {
    JsonNode list = document.path("alerts");
    if (!list.isArray()) {
      return wrong("The body has no list \"alerts\".");
    }
    List<Alert> alerts = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      Optional<AlertDraft> draft = draft(source, document, item);
      if (draft.isEmpty()) {
        return wrong(
            "Alert "
                + (alerts.size() + 1)
                + " of the list needs a status firing or resolved, and labels and annotations"
                + " that are objects of at most "
                + JsonTexts.MAX_LABELS
                + " texts.");
      }
      alerts.add(repeated.finish(draft.get(), now));
    }
    return new Decoded(alerts, Math.max(0, document.path("truncatedAlerts").asInt(0)));
  }

  private static Refused wrong(String sentence) {
    return new Refused(Problem.WRONG_SHAPE, sentence + EXPECTED);
  }

  private static Optional<AlertDraft> draft(String source, JsonNode document, JsonNode item) {
    Optional<Alert.Status> status = status(item.path("status"), document.path("status"));
    Optional<Map<String, String>> labels = texts(item.path("labels"));
    Optional<Map<String, String>> annotations = texts(item.path("annotations"));
    if (!item.isObject() || status.isEmpty() || labels.isEmpty() || annotations.isEmpty()) {
      return Optional.empty();
    }
    String url = text(item.path("generatorURL"));
    return Optional.of(
        new AlertDraft(
            source,
            text(item.path("fingerprint")),
            status.get(),
            title(labels.get(), annotations.get()),
            labels.get(),
            annotations.get(),
            text(item.path("startsAt")),
            text(item.path("endsAt")),
            url.isBlank() ? text(document.path("externalURL")) : url));
  }

  private static Optional<Alert.Status> status(JsonNode own, JsonNode common) {
    String written = text(own).isBlank() ? text(common) : text(own);
    return switch (written.strip().toLowerCase(Locale.ROOT)) {
      case "firing" -> Optional.of(Alert.Status.FIRING);
      case "resolved" -> Optional.of(Alert.Status.RESOLVED);
      default -> Optional.empty();
    };
  }

  /** The sender's summary; without one the alert's name and where it is. */
  private static String title(Map<String, String> labels, Map<String, String> annotations) {
    return Stream.of("summary", "title", "message")
        .map(name -> annotations.getOrDefault(name, ""))
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElseGet(() -> named(labels));
  }

  private static String named(Map<String, String> labels) {
    String name = labels.getOrDefault("alertname", "");
    return Stream.of("service", "job", "instance")
        .map(label -> labels.getOrDefault(label, ""))
        .filter(value -> !value.isBlank() && !name.isBlank())
        .findFirst()
        .map(place -> name + " on " + place)
        .orElse(name);
  }
}
