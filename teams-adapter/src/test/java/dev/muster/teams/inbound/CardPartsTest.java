// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.sender.Senders;
import dev.muster.alert.sender.Statement;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.PostedCard;
import dev.muster.teams.AlertCards;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cards of the programs that post into Teams are taken apart, and say what they state. */
final class CardPartsTest {

  private static PostedCard card(String type, String json) {
    ArrayNode attachments = Json.array();
    attachments.addObject().put("contentType", type).put("content", json);
    return CardParts.of(attachments).get(0);
  }

  private static Statement read(PostedCard card) {
    return Senders.read(
            new AlertMessage(
                "teams-alerts", true, CardParts.words(List.of(card)), List.of(card), Instant.EPOCH))
        .orElseThrow();
  }

  @Test
  void alertmanager_ofAWorkflow_isReadWithItsLabels() {
    PostedCard card = card(AlertCards.ADAPTIVE, AlertCards.alertmanager("FIRING:1"));
    Statement stated = read(card);

    assertEquals("[FIRING:1] HighLatency (eu-1 checkout critical)", card.title());
    assertEquals(Tone.URGENT, card.tone());
    assertEquals("alertmanager", stated.sender());
    assertEquals(Alert.Status.FIRING, stated.status());
    assertEquals("checkout", stated.labels().get("service"));
    assertEquals("critical", stated.labels().get("severity"));
    assertTrue(stated.url().startsWith("http://prometheus.example.com/graph"), stated.url());
  }

  @Test
  void grafana_isReadByItsButtonAndMarkdown() {
    PostedCard card = card(AlertCards.ADAPTIVE, AlertCards.grafana());
    Statement stated = read(card);

    assertEquals("grafana", stated.sender());
    assertEquals("https://grafana.example.com/alerting/grafana/uid1/view", card.titleUrl());
    assertEquals("DiskFull", stated.labels().get("alertname"));
    assertEquals("db1", stated.labels().get("instance"));
    assertEquals("The disk of db1 is full", stated.title());
  }

  @Test
  void datadog_ofAConnector_isReadByItsLink() {
    Statement stated = read(card(AlertCards.CONNECTOR, AlertCards.datadog("Triggered")));

    assertEquals("datadog", stated.sender());
    assertEquals(Alert.Status.FIRING, stated.status());
    assertEquals("web-1", stated.labels().get("host"));
    assertEquals(
        Alert.Status.RESOLVED,
        read(card(AlertCards.CONNECTOR, AlertCards.datadog("Recovered"))).status());
  }

  @Test
  void olderCard_withButtons_isTakenApart() {
    PostedCard card =
        card(
            "application/vnd.microsoft.card.hero",
            "{\"title\":\"Build 7\",\"subtitle\":\"failed\",\"text\":\"See [log](https://ci.example"
                + ".com/7)\",\"buttons\":[{\"type\":\"openUrl\",\"title\":\"Open\",\"value\":\"https"
                + "://ci.example.com\"}]}");

    assertEquals("Build 7", card.title());
    assertEquals("failed\nSee log (https://ci.example.com/7)", card.text());
    assertEquals(List.of("https://ci.example.com", "https://ci.example.com/7"), card.links());
  }

  @Test
  void brokenOrHostileCards_costNothingAndSayNothing() throws IOException {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      deep.append("{\"items\":[");
    }
    JsonNode lists = Json.read("[[{\"text\":\"x\"}]]".getBytes(StandardCharsets.UTF_8));

    assertEquals("", CardParts.words(List.of(card(AlertCards.ADAPTIVE, deep.toString()))));
    assertEquals("", CardParts.words(List.of(card(AlertCards.ADAPTIVE, "not json"))));
    assertEquals(0, CardParts.of(lists).size());
  }
}
