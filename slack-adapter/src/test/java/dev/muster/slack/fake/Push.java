// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One thing Slack tells the app, before a transport wraps it.
 *
 * @param kind which of the three shapes it has
 * @param payload the event envelope, the command's fields, or the interaction
 * @param retry how often it was tried before, 0 to 3
 * @param reason why Slack tries again; empty at first
 */
public record Push(Kind kind, ObjectNode payload, int retry, String reason) {

  /** Returns the first try. */
  static Push first(Kind kind, ObjectNode payload) {
    return new Push(kind, payload, 0, "");
  }

  /** Returns the next try of the same push. */
  Push again(String why) {
    return new Push(kind, payload, retry + 1, why);
  }

  /** The three shapes of a push, by the word that Socket Mode has for them. */
  public enum Kind {
    /** An event in its envelope. */
    EVENT("events_api"),
    /** A slash command. */
    COMMAND("slash_commands"),
    /** A press, a form, a shortcut. */
    INTERACTION("interactive");

    private final String envelopeType;

    Kind(String envelopeType) {
      this.envelopeType = envelopeType;
    }

    /** Returns the type of its envelope in Socket Mode. */
    public String envelopeType() {
      return envelopeType;
    }
  }

  /** Returns the content type of the request that carries it. */
  public String httpType() {
    return kind == Kind.EVENT ? Signed.JSON : Signed.FORM;
  }

  /** Returns the body of the request that carries it. */
  public String httpBody() {
    return switch (kind) {
      case EVENT -> payload.toString();
      case COMMAND ->
          payload.properties().stream()
              .map(field -> field.getKey() + "=" + encode(field.getValue()))
              .collect(Collectors.joining("&"));
      case INTERACTION -> "payload=" + encode(payload.toString());
    };
  }

  /** Returns the headers by which Slack tells a repetition. */
  public Map<String, String> retryHeaders() {
    return retry == 0
        ? Map.of()
        : Map.of("X-Slack-Retry-Num", "" + retry, "X-Slack-Retry-Reason", reason);
  }

  /** Returns the event's kind and subtype, or the interaction's, for messages of failed tests. */
  @Override
  public String toString() {
    JsonNode event = payload.path("event");
    return List.of(kind, event.path("type"), event.path("subtype"), payload.path("type"))
        + "#"
        + retry;
  }

  private static String encode(JsonNode value) {
    return encode(value.asText());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
