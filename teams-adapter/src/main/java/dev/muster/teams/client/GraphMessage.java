// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.MessageRef;
import dev.muster.teams.render.MessageRenderer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads what every message has in common as Graph tells it. Pure. */
public final class GraphMessage {

  private GraphMessage() {}

  /** Returns when a message was written; the epoch when it does not say so. */
  public static Instant createdAt(JsonNode message) {
    return instant(message.path("createdDateTime")).orElse(Instant.EPOCH);
  }

  /** Returns when a message itself last changed; reactions count. */
  public static Instant touchedAt(JsonNode message) {
    return instant(message.path("lastModifiedDateTime")).orElseGet(() -> createdAt(message));
  }

  /** Returns when a message was deleted; empty when it was not. */
  public static Optional<Instant> deletedAt(JsonNode message) {
    return instant(message.path("deletedDateTime"));
  }

  /** Returns the message's id within a conversation. */
  public static MessageRef ref(JsonNode message, String conversation) {
    Optional<String> root =
        Optional.of(message.path("replyToId").asText("")).filter(r -> !r.isEmpty());
    return MessageIds.message(
        MessageIds.conversation(conversation, root), message.path("id").asText());
  }

  /** Returns whether it is the message that the app made for the order with that tag. */
  static boolean isTagged(JsonNode message, String appId, String tag) {
    String app = message.path("from").path("application").path("id").asText(appId);
    if (!app.equals(appId) || deletedAt(message).isPresent()) {
      return false;
    }
    String wanted = '"' + MessageRenderer.TAG + tag + '"';
    for (JsonNode attachment : message.path("attachments")) {
      if (attachment.path("content").asText("").contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Reads a time; empty when there is none. */
  public static Optional<Instant> instant(JsonNode node) {
    try {
      return node.isTextual() ? Optional.of(Instant.parse(node.asText())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
