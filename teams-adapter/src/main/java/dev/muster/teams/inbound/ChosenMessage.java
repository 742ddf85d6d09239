// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.teams.MessagingExtensionAction;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Profile;
import dev.muster.chat.Quotation;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.GraphMessage;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the message that a person chose from the payload of a message extension: of people and of
 * programs, in channels, threads and chats. Pure.
 */
final class ChosenMessage {

  private final DeepLinks links;

  ChosenMessage(DeepLinks links) {
    this.links = links;
  }

  /** Returns the message; empty when the command was not given on one. */
  Optional<Quotation> of(Heard heard, MessagingExtensionAction action) {
    JsonNode raw = Json.tree(heard.activity().getValue()).path("messagePayload");
    String id = raw.path("id").asText("");
    Optional<Profile> author = MessageDecoder.author(raw);
    if (action.getMessagePayload() == null || id.isEmpty() || author.isEmpty()) {
      return Optional.empty();
    }
    MessageRef message = message(heard, raw, id);
    return Optional.of(
        new Quotation(
            message,
            author.get().person(),
            author.get().bot(),
            MessageDecoder.words(raw),
            createdAt(heard, raw),
            Optional.of(links.message(message, heard.conversation().group()))));
  }

  private static Instant createdAt(Heard heard, JsonNode raw) {
    Instant told = GraphMessage.createdAt(raw);
    return told.equals(Instant.EPOCH) ? heard.at() : told;
  }

  /** The conversation names the thread; where it does not, a reply names its root. */
  private static MessageRef message(Heard heard, JsonNode raw, String id) {
    Optional<String> root =
        heard
            .root()
            .or(() -> Optional.of(raw.path("replyToId").asText("")).filter(r -> !r.isEmpty()));
    return MessageIds.message(MessageIds.conversation(heard.conversation().id(), root), id);
  }
}
