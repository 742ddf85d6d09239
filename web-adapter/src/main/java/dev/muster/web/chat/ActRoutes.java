// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory.Write;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.web.chat.Hearing.Press;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The calls by which people press buttons and submit forms. */
final class ActRoutes {

  /** How long a form waits for its answer before it is told that work goes on. */
  private static final long ANSWER_WITHIN_SECONDS = 2;

  private static final int LONGEST_VALUE = CardRenderer.LONGEST_TEXT;

  private final ChatRecords records;
  private final Json json;
  private final PersonMessages people;
  private final BotMessages bot;
  private final Hearing hearing;
  private final Supplier<String> ids;

  ActRoutes(
      ChatRecords records,
      Json json,
      PersonMessages people,
      BotMessages bot,
      Hearing hearing,
      Supplier<String> ids) {
    this.records = records;
    this.json = json;
    this.people = people;
    this.bot = bot;
    this.hearing = hearing;
    this.ids = ids;
  }

  void register(Routes routes) {
    routes.add("POST", "/api/v1/chat/presses", this::press);
    routes.add("POST", "/api/v1/chat/forms", this::form);
  }

  private RouteAnswer press(RouteRequest request) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    String user = call.user();
    String token = call.token();
    Optional<Repeatable> repeatable = call.repeatable(user, call.bytes());
    String id = repeatable.map(Repeatable::deliveryKey).orElseGet(() -> "p" + ids.get());
    Optional<WireMessage> carrier = carrier(token, user, "unknown_button");
    WireChannel channel = place(carrier, user, "unknown_button");
    Press press = new Press(id, user, token, bot.now());
    deliver(id, hearing.press(press, channel, carrier), user, call);
    return RouteAnswer.json(202, json.write(Map.of("id", id)));
  }

  private RouteAnswer form(RouteRequest request) throws IOException, Refusal {
    ApiCall call = ApiCall.withBody(request, records, json);
    String user = call.user();
    String token = call.token();
    Optional<Repeatable> repeatable = call.repeatable(user, call.bytes());
    String id = repeatable.map(Repeatable::deliveryKey).orElseGet(() -> "s" + ids.get());
    Optional<WireMessage> carrier = carrier(token, user, "unknown_form");
    WireChannel channel = place(carrier, user, "unknown_form");
    Map<String, String> values = values(call.body().path("values"), people(carrier));
    Press submission = new Press(id, user, token, bot.now());
    Receipt.Stored receipt = deliver(id, hearing.form(submission, channel, values), user, call);
    receipt
        .answer()
        .thenAccept(
            answer -> {
              if (answer instanceof Answer.Accepted || answer instanceof Answer.Notice) {
                bot.closeForm(token);
              }
            });
    return answer(awaited(receipt));
  }

  private Receipt.Stored deliver(String key, ChatEvent event, String user, ApiCall call)
      throws Refusal {
    List<Write> writes = records.isPerson(user) ? List.of() : List.of(ChatRecords.person(user));
    return people.accept(new Delivery(key, event, call.bytes(), writes));
  }

  private Optional<WireMessage> carrier(String token, String user, String code) throws Refusal {
    Optional<WireMessage> carrier = records.carrying(token);
    if (carrier.filter(message -> !message.isSeenBy(user)).isPresent()) {
      throw new Refusal(404, code, "Nothing you can see has that token.");
    }
    return carrier;
  }

  /** A token we never showed is answered where everybody can be answered. */
  private WireChannel place(Optional<WireMessage> carrier, String user, String code)
      throws Refusal {
    return records
        .channel(carrier.map(WireMessage::channel).orElse("general"))
        .filter(channel -> channel.isSeenBy(user))
        .orElseThrow(() -> new Refusal(404, code, "Nothing you can see has that token."));
  }

  /** Returns the names of the fields that take a person. */
  private static Set<String> people(Optional<WireMessage> carrier) {
    return carrier
        .map(WireMessage::card)
        .map(WireCard::form)
        .map(WireCard.WireForm::fields)
        .map(fields -> fields.stream().filter(f -> f.kind().equals("person")))
        .map(fields -> fields.map(WireCard.WireField::name).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private static Map<String, String> values(JsonNode given, Set<String> people) throws Refusal {
    if (!given.isObject()) {
      throw Refusal.bad("missing_field", "The body needs the object \"values\".");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      JsonNode value = field.getValue();
      if (value.isContainerNode() || value.asText().length() > LONGEST_VALUE) {
        throw Refusal.bad(
            "bad_value", "Each value is a text of at most 40000 characters, a number or a tick.");
      }
      if (!value.isNull()) {
        String text = value.asText();
        boolean bare = people.contains(field.getKey()) && Mentions.isName(text.strip());
        values.put(field.getKey(), Mentions.neutral(bare ? "@" + text.strip() : text));
      }
    }
    return values;
  }

  private static Optional<Answer> awaited(Receipt.Stored receipt) {
    try {
      return Optional.of(receipt.answer().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the form could not be handled", e);
    }
  }

  private RouteAnswer answer(Optional<Answer> given) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ok", true);
    body.put("notice", given.isEmpty() ? "Working on it…" : null);
    body.put("form", null);
    if (given.isPresent() && given.get() instanceof Answer.FieldErrors errors) {
      return RouteAnswer.json(
          422,
          json.write(
              Map.of(
                  "error", "form",
                  "message", "Some fields need another look.",
                  "fields", errors.fields())));
    }
    if (given.isPresent() && given.get() instanceof Answer.Notice notice) {
      body.put("notice", notice.text());
    }
    if (given.isPresent() && given.get() instanceof Answer.ShowForm next) {
      body.put("form", CardRenderer.form(next.form()));
    }
    return RouteAnswer.json(200, json.write(body));
  }
}
