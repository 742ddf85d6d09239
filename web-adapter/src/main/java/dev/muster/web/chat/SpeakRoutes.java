// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.SecretPatterns;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.web.chat.PersonMessages.Said;
import dev.muster.web.chat.PersonMessages.Wanted;
import dev.muster.web.chat.PersonMessages.Wish;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The calls by which people speak: messages, edits, deletions, reactions. */
final class SpeakRoutes {

  private final ChatRecords records;
  private final Json json;
  private final PersonMessages people;
  private final Supplier<String> eventIds;

  SpeakRoutes(ChatRecords records, Json json, PersonMessages people, Supplier<String> eventIds) {
    this.records = records;
    this.json = json;
    this.people = people;
    this.eventIds = eventIds;
  }

  void register(Routes routes) {
    routes.add("POST", "/api/v1/chat/messages", this::post);
    routes.add("PATCH", "/api/v1/chat/messages/{id}", this::edit);
    routes.add("DELETE", "/api/v1/chat/messages/{id}", this::delete);
    routes.add("POST", "/api/v1/chat/messages/{id}/reactions", request -> react(request, true));
    routes.add("DELETE", "/api/v1/chat/messages/{id}/reactions", request -> react(request, false));
  }

  private RouteAnswer post(RouteRequest request) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    String user = call.user();
    Optional<Repeatable> repeatable = call.repeatable(user, call.bytes());
    Optional<String> before = people.saidBefore(repeatable);
    if (before.isPresent()) {
      return accepted(before.get());
    }
    WireChannel channel = open(call.channel(call.text("channel"), user));
    Optional<String> thread = thread(records, channel, user, call.optionalText("thread"));
    String text = text(call.text("text"));
    return accepted(
        people.say(new Said(user, channel, text, thread, List.of(), repeatable, call.bytes())));
  }

  private RouteAnswer edit(RouteRequest request) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    WireMessage message = own(call);
    if (Hearing.isCommand(message.text())) {
      throw new Refusal(409, "is_command", "A command has been carried out; give a new one.");
    }
    people.edit(message, text(call.text("text")), wish(call));
    return accepted(message.id());
  }

  private RouteAnswer delete(RouteRequest request) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    WireMessage message = own(call);
    people.delete(message, wish(call));
    return accepted(message.id());
  }

  private RouteAnswer react(RouteRequest request, boolean there) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    String user = call.user();
    WireMessage message = call.message(user);
    String name = call.text("name").replaceAll("^:|:$", "");
    if (!name.matches("[a-z0-9_+-]{1,64}")) {
      throw Refusal.bad("bad_reaction", "A reaction is the name of an emoji, for example pushpin.");
    }
    people.react(message, new Wanted(user, name, there), wish(call));
    return accepted(message.id());
  }

  private Wish wish(ApiCall call) throws Refusal {
    Optional<Repeatable> repeatable = call.repeatable(call.user(), call.wish());
    String key = repeatable.map(Repeatable::deliveryKey).orElseGet(() -> "e" + eventIds.get());
    return new Wish(repeatable, key);
  }

  private static WireMessage own(ApiCall call) throws Refusal {
    String user = call.user();
    WireMessage message = call.message(user);
    if (message.bot() || !message.author().equals(user)) {
      throw new Refusal(
          403, "not_author", "Only " + message.author() + ", who wrote it, may change it.");
    }
    return message;
  }

  static WireChannel open(WireChannel channel) throws Refusal {
    if (channel.archived()) {
      throw new Refusal(
          409,
          "channel_archived",
          "#" + channel.name() + " is archived and takes no messages. Write in #general instead.");
    }
    return channel;
  }

  /**
   * Returns words as they are kept: what is stored here is all that anybody ever stored of them.
   */
  static String text(String text) throws Refusal {
    if (text.isBlank()) {
      throw Refusal.bad("empty_text", "The text is empty; write at least one word.");
    }
    if (text.length() > CardRenderer.LONGEST_TEXT) {
      throw Refusal.bad(
          "text_too_long",
          "The text has "
              + text.length()
              + " characters; 40000 is the limit. Attach it as a file.");
    }
    return SecretPatterns.clean(text).text();
  }

  /** Returns the root of the thread that was named by any of its messages. */
  static Optional<String> thread(
      ChatRecords records, WireChannel channel, String user, Optional<String> named)
      throws Refusal {
    if (named.isEmpty()) {
      return Optional.empty();
    }
    WireMessage root =
        named
            .flatMap(records::message)
            .filter(message -> message.channel().equals(channel.id()) && message.isSeenBy(user))
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "unknown_thread",
                        "There is no such message to answer in #" + channel.name() + "."));
    return Optional.of(root.thread() == null ? root.id() : root.thread());
  }

  private RouteAnswer accepted(String id) {
    return RouteAnswer.json(202, json.write(Map.of("id", id)));
  }
}
