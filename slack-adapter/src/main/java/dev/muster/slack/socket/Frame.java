// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.slack.inbound.StrictJson;
import java.time.Duration;
import java.util.Optional;

/** What Slack says on a connection of Socket Mode. */
sealed interface Frame {

  /**
   * The connection is ready: from now on pushes may come on it.
   *
   * @param lasts how long Slack will keep it, roughly; empty when it does not say
   */
  record Hello(Optional<Duration> lasts) implements Frame {}

  /**
   * Slack is about to end the connection, or asks us to.
   *
   * @param reason Slack's word
   */
  record Disconnect(String reason) implements Frame {}

  /**
   * A push, wrapped.
   *
   * @param id what it is acknowledged by; another one when it is sent again
   * @param type {@code events_api}, {@code slash_commands} or {@code interactive}
   * @param payload what HTTP would have brought
   * @param takesAnswer whether the acknowledgement may carry an answer
   */
  record Envelope(String id, String type, JsonNode payload, boolean takesAnswer) implements Frame {}

  /** JSON of a kind that we do not know. */
  record Unknown() implements Frame {}

  /** Not what Slack sends. */
  record Malformed() implements Frame {}

  /** Reads a text message. Pure. */
  static Frame read(String text) {
    Optional<JsonNode> json = StrictJson.object(text);
    if (json.isEmpty()) {
      return new Malformed();
    }
    String type = StrictJson.text(json.get(), "type");
    return switch (type) {
      case "hello" -> new Hello(lasts(json.get()));
      case "disconnect" -> new Disconnect(StrictJson.text(json.get(), "reason"));
      default -> wrapped(type, json.get());
    };
  }

  private static Optional<Duration> lasts(JsonNode hello) {
    long seconds = hello.path("debug_info").path("approximate_connection_time").asLong(0);
    return seconds <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static Frame wrapped(String type, JsonNode json) {
    String id = StrictJson.text(json, "envelope_id");
    if (id.isEmpty()) {
      return type.isEmpty() ? new Malformed() : new Unknown();
    }
    return json.path("payload").isObject()
        ? new Envelope(
            id, type, json.path("payload"), json.path("accepts_response_payload").asBoolean(false))
        : new Malformed();
  }

  /**
   * Writes the acknowledgement of an envelope.
   *
   * @param answer the JSON that Slack shows or carries out; empty text for none
   */
  static String acknowledgement(Envelope envelope, String answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("envelope_id", envelope.id());
    if (envelope.takesAnswer()) {
      StrictJson.object(answer).ifPresent(payload -> json.set("payload", payload));
    }
    return json.toString();
  }
}
