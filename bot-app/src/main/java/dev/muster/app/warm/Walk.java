// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.engine.AlertReceipt;
import dev.muster.engine.PushedAlerts;
import dev.muster.http.alert.AlertBody;
import dev.muster.http.alert.AlertDecoder;
import dev.muster.http.alert.AlertmanagerDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happens around an incident, step by step: monitoring declares one and somebody takes it on,
 * a person declares another, people talk, both end. Each round is about incidents of its own.
 */
final class Walk {

  /** How many steps make a round. */
  static final int STEPS = 7;

  private static final Duration LASTS = Duration.ofMinutes(30);
  private static final String ALERTS =
      """
      {"version":"4","status":"%2$s","receiver":"muster","groupLabels":{"alertname":"Check-%1$d"},
       "externalURL":"http://localhost/","alerts":[{"status":"%2$s",
       "labels":{"alertname":"Check-%1$d","severity":"critical","service":"checkout"},
       "annotations":{"summary":"Check %1$d fails","description":"More than 5 %% of requests."},
       "startsAt":"%3$s","endsAt":"%4$s","generatorURL":"http://localhost/graph"}]}
      """;
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final WalkGround ground;
  private final AlertDecoder decoder = new AlertmanagerDecoder();
  private String since = NEVER;
  private long heard;

  Walk(WalkGround ground) {
    this.ground = ground;
  }

  /**
   * Takes a step.
   *
   * @param number counted from 0 over all rounds
   * @throws IllegalStateException when it does not lead where it should
   */
  void step(int number) {
    int round = number / STEPS;
    switch (number % STEPS) {
      case 0 -> fires(round);
      case 1 -> presses(round);
      case 2 -> alerts(round, "resolved", since, ground.now().toString());
      case 3 -> commands(round, opened(), "resolve it was the network");
      case 4 -> commands(round, lobby(), "declare! Checkout answers slowly, " + round + " sev2");
      case 5 -> says(round, "Looking at the load balancer of http://localhost/" + round);
      default -> commands(round, opened(), "resolve the deployment was rolled back");
    }
  }

  private void fires(int round) {
    since = ground.now().toString();
    alerts(round, "firing", since, NEVER);
  }

  private void alerts(int round, String status, String from, String to) {
    byte[] body = ALERTS.formatted(round, status, from, to).getBytes(StandardCharsets.UTF_8);
    // More than a few incidents of one source would become one.
    String source = "warm-" + round;
    AlertBody read = decoder.decode(source, body, ground.now());
    if (!(read instanceof AlertBody.Decoded decoded)) {
      throw new IllegalStateException("the walk's alert was refused: " + read);
    }
    AlertReceipt receipt =
        ground
            .engine()
            .acceptAlerts(
                new PushedAlerts(
                    source,
                    decoded.fresh(),
                    decoded.unseen(),
                    status + round,
                    decoded.alerts(),
                    decoded.omitted(),
                    Optional.empty()));
    check(receipt instanceof AlertReceipt.Stored);
  }

  private void presses(int round) {
    String token =
        ground
            .chat()
            .takeToken("ack")
            .orElseThrow(() -> new IllegalStateException("no card of the walk can be pressed"));
    Place place = place(opened());
    hears(
        new ChatEvent.ButtonPressed(
            ground.now(),
            person(round),
            place,
            Optional.empty(),
            token,
            reply(round, place),
            Optional.of(opening())));
  }

  private void commands(int round, OpenedChannel where, String words) {
    Place place = place(where);
    hears(
        new ChatEvent.CommandInvoked(
            ground.now(),
            person(round),
            place,
            words,
            Optional.empty(),
            reply(round, place),
            Optional.of(opening())));
  }

  private void says(int round, String words) {
    Place place = place(opened());
    MessageRef message = new MessageRef(place.channel(), "S" + round);
    hears(
        new ChatEvent.MessagePosted(
            ground.now(),
            person(round),
            place,
            message,
            words,
            Optional.of("http://localhost/" + message.id()),
            List.of()));
  }

  private void hears(ChatEvent event) {
    Delivery delivery = Delivery.of("heard-" + ++heard, event);
    check(ground.engine().inboxOf(QuietChat.NAME).accept(delivery) instanceof Receipt.Stored);
  }

  private static void check(boolean stored) {
    if (!stored) {
      throw new IllegalStateException("a step of the walk was not stored");
    }
  }

  private OpenedChannel opened() {
    return ground
        .chat()
        .newest()
        .orElseThrow(() -> new IllegalStateException("the walk opened no channel"));
  }

  private static OpenedChannel lobby() {
    return new OpenedChannel(new ChannelRef(QuietChat.NAME, "C-lobby"), "lobby", "");
  }

  private static Place place(OpenedChannel where) {
    return Place.of(where.channel(), where.name());
  }

  private static Profile person(int round) {
    // Each of them commands less than one person may.
    String id = "U" + round;
    return Profile.member(new Person(new UserRef(QuietChat.NAME, id), "Somebody"));
  }

  private ReplyTo reply(int round, Place place) {
    return new ReplyTo(
        person(round).person().ref(),
        place.channel(),
        Optional.of("reply-" + heard),
        ground.now().plus(LASTS),
        Optional.empty());
  }

  private FormOpening opening() {
    return new FormOpening("opening-" + heard, ground.now().plus(LASTS));
  }
}
