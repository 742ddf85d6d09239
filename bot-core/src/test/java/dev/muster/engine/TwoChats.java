// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Quotation;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The whole engine on two chats in memory, red and blue, with one incident, INC-1. */
final class TwoChats implements AutoCloseable {

  static final String RED = "red";
  static final String BLUE = "blue";
  static final String ID = "INC-1";

  private final ManualClock clock = ManualClock.atNoon();
  private final Path folder;
  private final UnaryOperator<Settings> settings;
  private final Map<String, String> labels = new ConcurrentHashMap<>();
  private final Map<String, MortalChat> mortals =
      Map.of(RED, new MortalChat(), BLUE, new MortalChat());
  private final InMemoryChatWorld red;
  private final InMemoryChatWorld blue;
  private volatile boolean blueIsDown;
  private volatile boolean deaf;
  private volatile Optional<Quotation> chosen = Optional.empty();
  private EngineHarness engine;

  TwoChats(Path folder) {
    this(folder, before -> before);
  }

  TwoChats(Path folder, UnaryOperator<Settings> settings) {
    this.folder = folder;
    this.settings = settings;
    red = new InMemoryChatWorld(RED, delivery -> heard(RED, delivery), clock);
    blue = new InMemoryChatWorld(BLUE, delivery -> heard(BLUE, delivery), clock);
    start();
  }

  private void start() {
    engine = new EngineHarness(clock, folder);
    engine.configure(
        before ->
            settings.apply(
                SettingsDraft.of(before)
                    .announcements(Map.of(RED, "general", BLUE, "general"))
                    .platforms(RED, BLUE)
                    .done()));
    engine.start(watched(red), watched(blue));
  }

  private Receipt heard(String platform, Delivery delivery) {
    if (deaf) {
      return new Receipt.NotStored("nobody listens");
    }
    ChatEvent event =
        chosen.isPresent() && delivery.event() instanceof ChatEvent.CommandInvoked command
            ? command.about(chosen.get())
            : delivery.event();
    return engine.inboxOf(platform).accept(Delivery.of(delivery.key(), event));
  }

  private ChatPlatform watched(InMemoryChatWorld world) {
    ChatPlatform platform = world.platform();
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              for (Object argument : arguments == null ? new Object[0] : arguments) {
                if (argument instanceof BotMessage message) {
                  message.buttons().forEach(b -> labels.put(b.token(), b.label()));
                }
              }
              boolean asks = method.getReturnType() == ChatOutcome.class;
              return asks && blueIsDown && platform.name().equals(BLUE)
                  ? new ChatOutcome.RetryLater<>("it is down", Duration.ofSeconds(30))
                  : mortals.get(platform.name()).invoked(platform, method, arguments);
            });
  }

  /** Ends the process and begins a new one over the same store; the chats keep what was said. */
  void restart() {
    engine.close();
    mortals.values().forEach(MortalChat::live);
    clock.advance(Duration.ofSeconds(1));
    start();
  }

  /** Returns what lets the process die between two calls of a platform. */
  MortalChat mortal(String platform) {
    return mortals.get(platform);
  }

  /** Lets blue answer nothing for a while. */
  void blueIsDown(boolean down) {
    blueIsDown = down;
  }

  EngineHarness engine() {
    return engine;
  }

  InMemoryChatWorld world(String platform) {
    return platform.equals(RED) ? red : blue;
  }

  Person person(String platform, String name) {
    return world(platform).person(name);
  }

  Instant now() {
    return clock.instant();
  }

  Incident incident() {
    return engine.incident(ID);
  }

  Optional<Space> space(String platform) {
    return incident().spaceOn(platform);
  }

  ChannelRef channel(String platform) {
    return space(platform)
        .orElseThrow(() -> new AssertionError("no channel on " + platform))
        .channel();
  }

  /** Lets monitoring declare the incident, which nobody commands then. */
  void alerts(String title) {
    engine.alerts("monitoring", IncidentRoom.firing(title, now()));
    engine.settle();
  }

  /** Lets somebody give a command where people meet. */
  void declares(Person who, String words) {
    InMemoryChatWorld world = world(who.ref().platform());
    world.commands(who, world.meetingPlace().channel(), words);
    engine.settle();
  }

  /** Lets somebody give a command where people meet, and waits for nothing that goes out. */
  void declaresUnsettled(Person who, String words) {
    String platform = who.ref().platform();
    world(platform).commands(who, meeting(platform), words);
    handled();
  }

  /** Returns where people meet and incidents are announced. */
  ChannelRef meeting(String platform) {
    return world(platform).meetingPlace().channel();
  }

  /** Lets somebody give a command in the incident's channel of their platform. */
  void commands(Person who, String words) {
    String platform = who.ref().platform();
    world(platform).commands(who, channel(platform), words);
    engine.settle();
  }

  /** Lets somebody write in the incident's channel of their platform. */
  MessageRef says(Person who, String words) {
    return says(who, Optional.empty(), words);
  }

  /** Lets somebody write while the bot is told nothing. */
  void saysUnheard(Person who, String words) {
    String platform = who.ref().platform();
    deaf = true;
    world(platform).types(who, channel(platform), Optional.empty(), words);
    deaf = false;
  }

  /** Lets somebody give a command in the incident's channel about a message that they chose. */
  void commandsAbout(Person who, ShownMessage message, String words) {
    chosen =
        Optional.of(
            new Quotation(
                message.ref(), person(RED, "bot"), true, message.words(), now(), Optional.empty()));
    commands(who, words);
    chosen = Optional.empty();
  }

  /** Lets time go by, minute by minute. */
  void pass(Duration time) {
    Instant end = now().plus(time);
    while (now().isBefore(end)) {
      engine.advance(Duration.ofMinutes(1));
      engine.settle();
    }
  }

  /** Lets somebody write in a thread there. */
  MessageRef says(Person who, Optional<String> thread, String words) {
    String platform = who.ref().platform();
    MessageRef message = world(platform).types(who, channel(platform), thread, words);
    engine.settle();
    return message;
  }

  /** Lets somebody write, and waits for nothing that goes out. */
  MessageRef saysUnsettled(Person who, String words) {
    String platform = who.ref().platform();
    MessageRef message = world(platform).types(who, channel(platform), Optional.empty(), words);
    handled();
    return message;
  }

  void edits(Person who, MessageRef message, String words) {
    world(who.ref().platform()).edits(who, message, words);
    engine.settle();
  }

  void deletes(Person who, MessageRef message) {
    world(who.ref().platform()).deletes(who, message);
    engine.settle();
  }

  void deletesUnsettled(Person who, MessageRef message) {
    world(who.ref().platform()).deletes(who, message);
    handled();
  }

  void reacts(Person who, MessageRef message, String name) {
    world(who.ref().platform()).reacts(who, message, name);
    engine.settle();
  }

  private void handled() {
    engine.until("it was handled", () -> engine.read(tx -> tx.inbox().backlog()) == 0);
  }

  /** Presses the last button of that label in the incident's channel of the person's platform. */
  void presses(Person who, String label) {
    String platform = who.ref().platform();
    press(who, messages(platform), label);
  }

  /** Presses the last button of that label that a person was told privately. */
  void pressesTold(Person who, String label) {
    press(who, world(who.ref().platform()).toldTo(who), label);
  }

  private void press(Person who, List<ShownMessage> seen, String label) {
    ShownMessage carrier =
        seen.stream()
            .filter(each -> tokens(each, label).findFirst().isPresent())
            .reduce((before, after) -> after)
            .orElseThrow(() -> new AssertionError("no button " + label));
    String token = tokens(carrier, label).findFirst().orElseThrow();
    world(who.ref().platform()).presses(who, carrier.ref(), token);
    engine.settle();
  }

  private Stream<String> tokens(ShownMessage message, String label) {
    return message.tokens().stream().filter(token -> label.equals(labels.get(token)));
  }

  /** Returns whether a button of that label stands in the incident's channel. */
  boolean shows(String platform, String label) {
    return messages(platform).stream().anyMatch(m -> tokens(m, label).findFirst().isPresent());
  }

  List<ShownMessage> messages(String platform) {
    return world(platform).messages(channel(platform));
  }

  List<String> lines(String platform) {
    return messages(platform).stream().map(ShownMessage::words).toList();
  }

  /** Returns all that a person was told privately. */
  List<String> told(Person who) {
    return world(who.ref().platform()).toldTo(who).stream().map(ShownMessage::words).toList();
  }

  @Override
  public void close() {
    engine.close();
    red.close();
    blue.close();
  }
}
