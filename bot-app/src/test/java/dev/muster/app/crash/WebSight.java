// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What somebody sees on the built-in chat. */
final class WebSight {

  private static final String BOT = "muster";
  private static final String CHANNELS = "/api/v1/chat/channels";

  private final Sender sender;
  private final String viewer;

  /** What ada sees. */
  WebSight(Sender sender) {
    this(sender, "ada");
  }

  WebSight(Sender sender, String viewer) {
    this.sender = sender;
    this.viewer = viewer;
  }

  /** Returns the channels of incidents. */
  List<Room> rooms() {
    List<Room> rooms = new ArrayList<>();
    for (JsonNode channel :
        sender.get(CHANNELS + "?as=" + viewer).path("items").findParents("name")) {
      String name = channel.path("name").asText();
      if (name.startsWith("inc-")) {
        List<String> members = new ArrayList<>();
        channel.path("members").forEach(member -> members.add(member.asText()));
        rooms.add(new Room(name, name, lines(name), channel.path("topic").asText(), members));
      }
    }
    return rooms;
  }

  /** Returns what stands where incidents are announced. */
  List<Line> announcements() {
    return lines("incidents");
  }

  private List<Line> lines(String channel) {
    String path = CHANNELS + "/" + channel + "/messages?limit=500&as=" + viewer;
    return sender.all(path, "after").stream()
        .filter(message -> !message.path("deleted").asBoolean())
        .map(WebSight::line)
        .toList();
  }

  private static Line line(JsonNode message) {
    JsonNode card = message.path("card");
    return new Line(
        message.path("author").asText().equals(BOT),
        message.path("thread").asText("").length() > 0,
        message.path("inReplyTo").asText()
            + message.path("text").asText()
            + card.path("title").asText()
            + card.path("sections")
            + card.path("facts"));
  }
}
