// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.sender.Senders;
import dev.muster.alert.sender.Statement;
import dev.muster.chat.ChatEvent.MessagePosted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sender's messages, in every state, as Slack brings them; each says where its shape is from.
 */
class AlertSendersTest {

  private static final List<String> LABELS =
      List.of("alertname", "severity", "service", "project", "repository", "region");

  static Stream<String> names() {
    return all().map(each -> each.path("name").asText());
  }

  private static Stream<JsonNode> all() {
    return StreamSupport.stream(Fixture.body("alert-messages.json").spliterator(), false);
  }

  private static JsonNode named(String name) {
    return all().filter(each -> each.path("name").asText().equals(name)).findFirst().orElseThrow();
  }

  private static Optional<Statement> read(JsonNode fixture) {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message.json");
    ObjectNode event = (ObjectNode) payload.get("event");
    event.remove("user");
    event.put("subtype", "bot_message").put("bot_id", "B0ALERTS1");
    event.setAll((ObjectNode) fixture.path("message"));
    EventDecoder decoder = new EventDecoder(Optional::empty, id -> "alerts");
    Decoded.Heard heard = assertInstanceOf(Decoded.Heard.class, decoder.decode(payload));
    MessagePosted posted = (MessagePosted) heard.delivery().event();
    return Senders.read(
        new AlertMessage(
            "slack-alerts", posted.by().bot(), posted.text(), posted.cards(), posted.at()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void message_ofASender_saysWhatItSays(String name) {
    JsonNode fixture = named(name);
    JsonNode expect = fixture.path("expect");

    Optional<Statement> read = read(fixture);

    assertEquals(expect.path("sender").asText(), read.map(Statement::sender).orElse(""));
    if (read.isPresent()) {
      Statement said = read.get();
      assertEquals(expect.path("status").asText(), said.status().name());
      assertEquals(expect.path("title").asText(), said.title());
      LABELS.forEach(
          label ->
              assertEquals(
                  expect.path(label).asText(), said.labels().getOrDefault(label, ""), label));
      assertEquals(
          expect.path("count").asText(), said.notes().getOrDefault(AlertMessage.COUNT, ""));
    }
  }

  @Test
  void messages_aboutTheSame_haveTheSameIdentity_andOthersHaveNot() {
    Map<String, String> identities = new HashMap<>();
    all()
        .filter(fixture -> !fixture.at("/expect/pair").asText().isEmpty())
        .forEach(
            fixture -> {
              String identity = read(fixture).orElseThrow().identity();
              String before = identities.putIfAbsent(fixture.at("/expect/pair").asText(), identity);
              assertEquals(
                  before == null ? identity : before, identity, fixture.path("name").asText());
            });
    assertEquals(identities.size(), identities.values().stream().distinct().count());
    assertNotEquals(0, identities.size());
  }

  @Test
  void message_thatAPersonQuotes_isNobodysAlert() {
    AlertMessage quoted =
        new AlertMessage(
            "slack-alerts",
            false,
            "[FIRING:1] HighLatency (checkout critical)",
            List.of(),
            Instant.EPOCH);

    assertEquals(Optional.empty(), Senders.read(quoted));
  }
}
