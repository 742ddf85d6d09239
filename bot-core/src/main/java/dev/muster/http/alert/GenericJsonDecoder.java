// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.JsonTexts.text;
import static dev.muster.http.alert.JsonTexts.texts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.config.AlertSource;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Problem;
import dev.muster.http.alert.AlertBody.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads any JSON whose fields the configuration names by pointers. An alert needs a title, or at
 * least a label {@code alertname}; everything else may be absent.
 */
public final class GenericJsonDecoder implements AlertDecoder {

  private final AlertSource settings;
  private final AlertSource.JsonFields fields;

  /** Makes the decoder of one configured source. */
  public GenericJsonDecoder(AlertSource settings) {
    this.settings = settings;
    this.fields = settings.fields();
  }

  @Override
  public AlertBody decode(String source, byte[] body, Instant now) {
    return StrictJson.read(body, document -> alerts(source, document, body, now));
  }

  private AlertBody alerts(String source, JsonNode document, byte[] body, Instant now) {
    JsonNode items = fields.items().isEmpty() ? document : at(document, fields.items());
    if (!items.isContainerNode() || items.isArray() && items.isEmpty() && items == document) {
      return wrong("There is no alert and no list of alerts at \"" + fields.items() + "\".");
    }
    List<Alert> alerts = new ArrayList<>();
    for (JsonNode item : items.isArray() ? items : List.of(items)) {
      Optional<AlertDraft> draft = draft(source, item);
      if (draft.isEmpty()) {
        return wrong("Alert " + (alerts.size() + 1) + " has not the fields of this source.");
      }
      alerts.add(draft.get().finish(now));
    }
    return new Decoded(alerts, 0, body);
  }

  private Refused wrong(String sentence) {
    return new Refused(
        Problem.WRONG_SHAPE,
        sentence
            + " Each alert is an object with a title at \""
            + fields.title()
            + "\" and, if any, an object of at most "
            + JsonTexts.MAX_LABELS
            + " texts at \""
            + fields.labels()
            + "\".");
  }

  /** A blank pointer is never looked up. */
  private static JsonNode at(JsonNode node, String pointer) {
    return pointer.isEmpty() ? MissingNode.getInstance() : node.at(JsonPointer.compile(pointer));
  }

  private Optional<AlertDraft> draft(String source, JsonNode item) {
    Optional<Map<String, String>> written = texts(at(item, fields.labels()));
    if (!item.isObject() || written.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> labels = new TreeMap<>(written.get());
    put(labels, "severity", at(item, fields.severity()));
    put(labels, "service", at(item, fields.service()));
    put(labels, "alertname", at(item, fields.title()));
    String title = text(at(item, fields.title()));
    String shown = title.isBlank() ? labels.getOrDefault("alertname", "") : title;
    if (shown.isBlank()) {
      return Optional.empty();
    }
    Map<String, String> annotations = new TreeMap<>();
    put(annotations, "description", at(item, fields.description()));
    return Optional.of(
        new AlertDraft(
            source,
            key(source, item, written.get()),
            status(text(at(item, fields.status()))),
            shown,
            labels,
            annotations,
            text(at(item, fields.startsAt())),
            "",
            text(at(item, fields.url()))));
  }

  /** Without a key the labels stand in, as they were sent: a title changes when trouble ends. */
  private String key(String source, JsonNode item, Map<String, String> written) {
    String key = text(at(item, fields.key()));
    return key.isBlank() && !written.isEmpty()
        ? AlertKey.ofLabels(source, written).fingerprint()
        : key;
  }

  private static void put(Map<String, String> texts, String name, JsonNode value) {
    String text = text(value);
    if (!text.isBlank()) {
      texts.putIfAbsent(name, text);
    }
  }

  private Alert.Status status(String word) {
    return settings.meansResolved(word) ? Alert.Status.RESOLVED : Alert.Status.FIRING;
  }
}
