// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What people and monitoring do to the bot; all of it is written into the ledger. */
final class Actions {

  private final Sender sender;
  private final Ledger ledger;
  private final String name;
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger sources = new AtomicInteger();
  private final AtomicInteger severities = new AtomicInteger();

  /**
   * @param name goes into everything that is said, so that it can be told apart
   */
  Actions(Sender sender, Ledger ledger, String name) {
    this.sender = sender;
    this.ledger = ledger;
    this.name = name;
  }

  /** An incident as it is addressed. */
  record Place(String incident, String channel) {}

  private String unique(String word) {
    return word + " " + name + "-" + number.incrementAndGet() + "-";
  }

  /** Declares by command; returns the title. */
  String declare(String user) {
    String title = unique("Outage");
    String id = say(user, "incidents", "/incident declare! " + title + " sev2");
    ledger.add(new Ledger.Declared(id, user, title));
    return title;
  }

  /** Says something in an incident's channel. */
  void say(String user, Place place) {
    String text = unique("word");
    String id = say(user, place.channel(), text);
    ledger.add(new Ledger.Said(id, user, place.incident(), place.channel(), text));
  }

  /** Types a command in an incident's channel. */
  void command(String user, Place place, String words) {
    say(user, place.channel(), "/incident " + words);
  }

  /** Writes something down about an incident, by command. */
  void does(String user, Place place, Deed deed) {
    String words = unique("deed");
    command(user, place, deed.command(words));
    ledger.addDeed(words);
  }

  private String say(String user, String channel, String text) {
    return sender
        .deliver(
            "/api/v1/chat/messages",
            Map.of("user", user, "channel", channel, "text", text),
            "k" + number.incrementAndGet() + name)
        .path("id")
        .asText();
  }

  /** Monitoring states an alert; returns its title. */
  String alert() {
    String title = unique("Alarm");
    int source = sources.getAndIncrement() % CrashConfig.SOURCES;
    sender.deliver("/alerts/source" + source, Alarm.of(title), "none");
    ledger.addAlert(title);
    return title;
  }

  /** Presses the button of the newest card that has it, once there is one. */
  void press(String user, Place place, String action) {
    press(user, place, action, button(user, place, action));
  }

  /** Presses it if there is one now. */
  void pressIfShown(String user, Place place, String action) {
    newest(user, place, action).ifPresent(token -> press(user, place, action, token));
  }

  private void press(String user, Place place, String action, String token) {
    JsonNode answer =
        sender.deliver(
            "/api/v1/chat/presses",
            Map.of("user", user, "token", token),
            "p" + number.incrementAndGet() + name);
    ledger.add(
        new Ledger.Pressed(
            answer.path("id").asText(), user, place.incident(), place.channel(), action));
  }

  /** Returns the token of a button, once there is one. */
  String button(String user, Place place, String action) {
    String what = "button " + action + " in #" + place.channel();
    return Sender.await(what, 60, () -> newest(user, place, action));
  }

  private Optional<String> newest(String user, Place place, String action) {
    Optional<String> newest = Optional.empty();
    for (JsonNode message : messages(user, place.channel())) {
      for (JsonNode button : message.path("card").path("buttons")) {
        if (button.path("action").asText().equals(action)) {
          newest = Optional.of(button.path("token").asText());
        }
      }
    }
    return newest;
  }

  /** Sets the severity to the other of two. */
  void changeSeverity(String user, Place place) {
    say(user, place.channel(), "/incident severity sev" + (3 + severities.getAndIncrement() % 2));
  }

  /** Asks for the rollback, whose step then waits for somebody else's approval. */
  void rollBack(String user, Place place) {
    command(user, place, "rollback checkout to 1." + number.incrementAndGet());
  }

  private List<JsonNode> messages(String user, String channel) {
    return sender.all(
        "/api/v1/chat/channels/" + channel + "/messages?limit=500&as=" + user, "after");
  }

  /** Returns where the incident of that title is, once its channel is open. */
  Place placeOf(String title) {
    return Sender.await("the channel of " + title, 60, () -> openPlace(title));
  }

  private Optional<Place> openPlace(String title) {
    return open()
        .filter(each -> each.path("title").asText().equals(title))
        .map(Actions::place)
        .findFirst();
  }

  /** Returns where incidents with a channel are, in the order of their declaration. */
  List<Place> places() {
    return open()
        .map(Actions::place)
        .sorted(
            Comparator.comparing((Place place) -> place.incident().length())
                .thenComparing(Place::incident))
        .toList();
  }

  private Stream<JsonNode> open() {
    return sender.all("/api/v1/incidents?limit=200", "cursor").stream()
        .filter(incident -> !incident.path("channels").isEmpty());
  }

  private static Place place(JsonNode incident) {
    return new Place(
        incident.path("id").asText(), incident.path("channels").path(0).path("name").asText());
  }
}
