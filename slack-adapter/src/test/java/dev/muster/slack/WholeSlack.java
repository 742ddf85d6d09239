// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.Secret;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SlackRoster;
import dev.muster.slack.fake.SlackSight;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The engine, its store and the real adapter over the stand-in for Slack, with people in it. What
 * is pushed can be changed on its way, as Slack or a villain would.
 */
final class WholeSlack implements AutoCloseable {

  /** A channel that belongs to no incident. */
  static final String TEAM = "checkout-team";

  private final ManualClock clock = ManualClock.atNoon();
  private final EngineHarness engine;
  private Duration ahead = Duration.ZERO;
  private final FakeSlack slack = new FakeSlack(this::theirTime);
  private final TestRuntime runtime;
  private final ChatPlatform platform;
  private final SlackPeople people;
  private UnaryOperator<Push> onItsWay = push -> push;
  private Push lastMention;
  private boolean unsubscribed;
  private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);

  WholeSlack(Path folder) {
    this(folder, List.of());
  }

  /** Creates one in which these channels are read as alerts. */
  WholeSlack(Path folder, List<String> alertChannels) {
    engine = new EngineHarness(clock, folder);
    runtime = new TestRuntime(clock, engine.memory("slack"), folder);
    platform =
        new SlackPlatformFactory()
            .create(Worlds.settings(slack.apiUrl(), alertChannels), this::store, runtime);
    people = new SlackPeople(slack, this::push, this::send);
    people.channel("incidents");
    people.channel(TEAM, "ada", "li", "eve");
    alertChannels.forEach(name -> people.channel(name, "ada"));
    engine.start(platform);
  }

  private Receipt store(Delivery delivery) {
    clock.advance(lag.getAndSet(Duration.ZERO));
    Receipt receipt = engine.inboxOf("slack").accept(delivery);
    if (delivery.event() instanceof ChatEvent.FormSubmitted
        && receipt instanceof Receipt.Stored stored) {
      // The adapter waits two seconds of real time, which a machine under load may not have.
      engine.until("the form is decided on", stored.answer()::isDone);
    }
    return receipt;
  }

  /** Lets the engine come to what is heard next so much later, as after a stop. */
  void lags(Duration time) {
    lag.set(time);
  }

  private Pushed push(Push push) {
    Push changed = onItsWay.apply(push);
    if (changed.payload().path("event").path("type").asText().equals("app_mention")) {
      lastMention = changed;
    }
    return send(changed);
  }

  private Pushed send(Push push) {
    if (unsubscribed && push.kind() == Push.Kind.EVENT) {
      return Pushed.NOBODY;
    }
    RouteAnswer got = runtime.call(Signed.request(push, theirTime()));
    return new Pushed(
        TestRequest.status(got),
        got instanceof RouteAnswer.Bytes bytes
            ? new String(bytes.body(), StandardCharsets.UTF_8)
            : "");
  }

  private Instant theirTime() {
    return clock.instant().minus(ahead);
  }

  /** Puts the machine's clock forward, or back when negative, and nobody else's. */
  void machineIsSet(Duration by) {
    ahead = ahead.plus(by);
    engine.clockSteps(by);
  }

  /** Pushes something as it is and waits for nothing. */
  Pushed sends(Push push) {
    return send(push);
  }

  /** Returns how often something was counted by the adapter. */
  long counted(String metric, String reason) {
    return runtime.telemetry().counted(metric, "platform", "slack", "reason", reason);
  }

  EngineHarness engine() {
    return engine;
  }

  FakeSlack slack() {
    return slack;
  }

  ManualClock clock() {
    return clock;
  }

  SlackPeople people() {
    return people;
  }

  SlackRoster roster() {
    return new SlackRoster(slack);
  }

  SlackSight sight() {
    return people.sight();
  }

  /** Lets an operator put a new bot token in and reload the configuration. */
  void putsIn(String token) {
    SlackSettings before = Worlds.settings(slack.apiUrl());
    runtime.reload(
        new SlackSettings(
            true,
            before.mode(),
            Secret.of(token),
            before.appToken(),
            before.signingSecret(),
            before.apiUrl(),
            before.announceChannel(),
            before.alertChannels()));
  }

  /** Lets Slack send no events while {@code stopped}; commands and presses still come. */
  void stopsEvents(boolean stopped) {
    people.settle();
    unsubscribed = stopped;
  }

  /** Orders a message into the first incident's channel that says the name of its slot. */
  void orders(String slot) {
    IncidentId first = new IncidentId(1);
    engine.write(
        tx ->
            tx.effects()
                .add(
                    new NewEffect(
                        new Effect.ShowMessage(
                            new Target.InIncident(first, "slack"), slot, "", BotMessage.line(slot)),
                        "INC-1/slack/slot/" + slot,
                        Priority.CARDS,
                        Optional.of(first),
                        "",
                        clock.instant())));
  }

  /** Lets the adapter look around, as it does every few seconds. */
  void looksAround() {
    ((SlackPlatform) platform).lookAround();
  }

  /** Lets something happen to every push from now on. */
  void onItsWay(UnaryOperator<Push> change) {
    onItsWay = change;
  }

  /** Pushes the last mention of the bot once more, as Slack does when the message was edited. */
  void mentionsAgainAfterEdit(String text) {
    ObjectNode payload = lastMention.payload().deepCopy();
    ObjectNode event = payload.withObject("/event").put("text", text);
    event.putObject("edited").put("user", event.path("user").asText()).put("ts", "1795176099.1");
    push(new Push(Push.Kind.EVENT, payload.put("event_id", "EvEdited"), 0, ""));
    engine.settle();
  }

  /** Pushes the same click once more, with a trigger of its own, as a second click has. */
  Pushed clicksAgain(Push click) {
    ObjectNode payload = click.payload().deepCopy();
    Pushed pushed = push(new Push(click.kind(), payload.put("trigger_id", "2.2.2"), 0, ""));
    engine.settle();
    return pushed;
  }

  /** Lets somebody give a slash command whose text is exactly as Slack escapes it. */
  void escaped(String person, String channel, String text) {
    UnaryOperator<Push> before = onItsWay;
    onItsWay =
        push -> {
          push.payload().put("text", text);
          return push;
        };
    people.runs(person, channel, "/incident");
    onItsWay = before;
    engine.settle();
  }

  /** Lets somebody give a slash command. */
  void runs(String person, String channel, String text) {
    people.runs(person, channel, "/incident " + text);
    engine.settle();
  }

  /** Lets somebody mention the bot. */
  String mentions(String person, String channel, String text) {
    String ts = people.types(person, channel, "@muster " + text);
    engine.settle();
    return ts;
  }

  /** Lets somebody mention the bot in a thread. */
  void mentionsInThread(String person, String channel, String root, String text) {
    people.replies(person, channel, root, "@muster " + text);
    engine.settle();
  }

  /** Lets somebody press what they see last under that label. */
  void presses(String person, String channel, String label) {
    people.presses(person, channel, label);
    engine.settle();
  }

  /** Lets somebody press what they see last under that label in their own messages with the bot. */
  void pressesPrivately(String person, String label) {
    String direct =
        sight().toldTo(person).stream()
            .filter(told -> !told.ephemeral() && told.offers(label))
            .findFirst()
            .map(Posted::channel)
            .orElseThrow(() -> new AssertionError("nobody offered " + person + " " + label));
    presses(person, direct, label);
  }

  /** Declares an incident and returns the id of its channel. */
  String declared(String person, String title) {
    runs(person, TEAM, "declare! " + title);
    // Slack tells the bot that those it invited have come in.
    people.settle();
    engine.settle();
    return room("INC-" + engine.incidents());
  }

  /** Returns the id of an incident's channel. */
  String room(String incident) {
    return engine.incident(incident).spaceOn("slack").orElseThrow().channel().id();
  }

  /** Returns what was last said for this person's eyes alone, the welcome left out. */
  Posted toldLast(String person) {
    List<Posted> told =
        sight().toldTo(person).stream().filter(m -> !m.words().contains("Welcome to")).toList();
    return told.isEmpty() ? null : told.get(told.size() - 1);
  }

  /** Returns the words last said for this person's eyes alone. */
  String told(String person) {
    Posted last = toldLast(person);
    return last == null ? "" : last.words();
  }

  @Override
  public void close() {
    people.hush();
    engine.close();
    platform.close();
    runtime.close();
    slack.close();
  }
}
