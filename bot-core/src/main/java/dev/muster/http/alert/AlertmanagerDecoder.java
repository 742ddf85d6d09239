// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.JsonTexts.text;
import static dev.muster.http.alert.JsonTexts.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.alert.Alert;
import dev.muster.chat.SecretPatterns;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Problem;
import dev.muster.http.alert.AlertBody.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the webhook of Prometheus Alertmanager (payload version 4, as its documentation describes
 * under "webhook_config"). Fields it does not know are passed over; one alert it cannot read makes
 * it refuse the body, so that none is lost in silence. What it has read before it knows again by
 * its bytes.
 */
public final class AlertmanagerDecoder implements AlertDecoder {

  private static final String EXPECTED =
      " Expected {\"alerts\": [{\"status\": \"firing\", \"labels\": {…}, \"annotations\": {…}}]}.";

  private final KnownItems known = new KnownItems();

  @Override
  public AlertBody decode(String source, byte[] body, Instant now) {
    Optional<BodyParts> parts = body.length > MAX_BODY ? Optional.empty() : BodyParts.of(body);
    return parts
        .flatMap(found -> byParts(source, body, found, now))
        .orElseGet(() -> new Reading(source, now).read(body));
  }

  @Override
  public void forget() {
    known.forget();
  }

  /** Reads only what is not known; empty if the body has to be read as a whole. */
  private Optional<AlertBody> byParts(String source, byte[] body, BodyParts parts, Instant now) {
    Alert[] alerts = known.find(source, body, parts);
    int[] news = IntStream.range(0, alerts.length).filter(i -> alerts[i] == null).toArray();
    boolean allNew = news.length == alerts.length;
    Reading reading = new Reading(source, now);
    byte[] fresh = allNew ? body : parts.with(i -> alerts[i] == null);
    AlertBody read = reading.read(fresh);
    if (!(read instanceof Decoded decoded) || decoded.alerts().size() != news.length) {
      return allNew ? Optional.of(read) : Optional.empty();
    }
    boolean[] unseen = new boolean[alerts.length];
    for (int i = 0; i < news.length; i++) {
      int item = news[i];
      alerts[item] = decoded.alerts().get(i);
      unseen[item] = !reading.isLasting(i) || !isKept(body, parts, item, alerts[item]);
    }
    return Optional.of(
        new Decoded(List.of(alerts), decoded.omitted(), fresh, parts.with(item -> unseen[item])));
  }

  /** Remembers an item if there is no secret in it, also where the alert says nothing of it. */
  private boolean isKept(byte[] body, BodyParts parts, int item, Alert alert) {
    int from = parts.begin(item);
    int length = parts.end(item) - from;
    if (!KnownItems.isShort(length)
        || holdsSecret(new String(body, from, length, StandardCharsets.UTF_8))) {
      return false;
    }
    known.remember(alert.key().source(), body, from, parts.end(item), alert);
    return true;
  }

  private static boolean holdsSecret(String text) {
    return !SecretPatterns.clean(text).kinds().isEmpty();
  }

  /** One document, as a whole. */
  private static final class Reading {
    private final String source;
    private final Instant now;
    private final BitSet lasting = new BitSet();

    private Reading(String source, Instant now) {
      this.source = source;
      this.now = now;
    }

    private AlertBody read(byte[] body) {
      return StrictJson.read(body, document -> alerts(document, body));
    }

    /** Returns whether an alert is read the same at any later time, whatever stands around it. */
    private boolean isLasting(int place) {
      return lasting.get(place);
    }

    private AlertBody alerts(JsonNode document, byte[] body) {
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
        Alert alert = draft.get().finish(now);
        lasting.set(alerts.size(), isOfItsOwn(item) && isTimeless(draft.get(), alert));
        alerts.add(alert);
      }
      int omitted = Math.max(0, document.path("truncatedAlerts").asInt(0));
      return new Decoded(alerts, omitted, body);
    }

    private static boolean isOfItsOwn(JsonNode item) {
      return !text(item.path("status")).isBlank() && !text(item.path("generatorURL")).isBlank();
    }

    /** What fires since a time that was believed is not read otherwise later. */
    private static boolean isTimeless(AlertDraft draft, Alert alert) {
      return draft.status() == Alert.Status.FIRING
          && alert.flags().stream().noneMatch(Reading::isOfNow);
    }

    private static boolean isOfNow(String flag) {
      return flag.startsWith("time_") || flag.startsWith("redacted_");
    }
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
