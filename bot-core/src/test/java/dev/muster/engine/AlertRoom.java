// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRule;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.config.AlertPattern;
import dev.muster.config.SafePattern;
import dev.muster.http.alert.AlertBody;
import dev.muster.http.alert.AlertMessagePatterns;
import dev.muster.http.alert.AlertmanagerDecoder;
import dev.muster.store.AlertRecord;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An alert channel with the whole engine behind it, and programs that post there. */
final class AlertRoom implements AutoCloseable {

  private static final String CHAT = "chat";

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger edits = new AtomicInteger();
  private final Path folder;
  private EngineHarness engine;
  private InMemoryChatWorld world;
  private int posted;
  private int heard;
  private int pushed;

  AlertRoom(Path folder, List<AlertRule> rules) {
    this.folder = folder;
    open(rules);
  }

  private void open(List<AlertRule> rules) {
    engine = new EngineHarness(clock, folder);
    world = new InMemoryChatWorld(CHAT, engine.inboxOf(CHAT), clock);
    engine.configure(before -> settings(before, rules));
    engine.start(counting(world.platform()));
  }

  private ChatPlatform counting(ChatPlatform platform) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            ChatPlatform.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("edit")) {
                edits.incrementAndGet();
              }
              return method.invoke(platform, arguments);
            });
  }

  /** Returns how often a message was changed on the platform. */
  int edits() {
    return edits.get();
  }

  private static Settings settings(Settings before, List<AlertRule> rules) {
    AlertPattern pattern =
        new AlertPattern(
            "words",
            SafePattern.parse("^(?P<status>ALERT|OK): (?P<title>.+)$"),
            List.of("ok"),
            List.of("critical"),
            AlertPattern.Authors.EVERYONE,
            "");
    return SettingsDraft.of(before)
        .platforms(CHAT)
        .alertChannels(
            Map.of(CHAT, Set.of("#general")),
            Map.of(CHAT, new AlertMessagePatterns(List.of(pattern), List.of())))
        .alertRules(rules)
        .reactions(ReactionNames.of(List.of(), List.of()))
        .done();
  }

  /** Ends the process and begins a new one over the same store; the room keeps what was said. */
  void restart(List<AlertRule> rules) {
    engine.settle();
    engine.close();
    engine = new EngineHarness(clock, folder);
    engine.configure(before -> settings(before, rules));
    engine.start(counting(world.platform()));
  }

  EngineHarness engine() {
    return engine;
  }

  ChannelRef channel() {
    return world.meetingPlace().channel();
  }

  Person person(String name) {
    return world.person(name);
  }

  void advance(Duration step) {
    engine.advance(step);
  }

  /** Lets a program post a card with this title and summary. */
  String posts(String title, String summary) {
    return posts(title, summary, Optional.empty());
  }

  String posts(String title, String summary, Optional<String> thread) {
    String id = "B" + ++posted;
    hears(posting(id, clock.instant(), title, summary, thread));
    return id;
  }

  /** Returns the posting of a program's card. */
  ChatEvent posting(String id, Instant at, String title, String summary, Optional<String> thread) {
    MessageRef ref = new MessageRef(channel(), id);
    return new ChatEvent.MessagePosted(
        at,
        program(),
        new Place(channel(), "general", thread),
        ref,
        title,
        Optional.of("http://localhost/chat/" + ref.id()),
        List.of(),
        List.of(card(title, summary)),
        false);
  }

  /** Returns what rewrites a program's card. */
  ChatEvent rewriting(String id, Instant at, String title, String summary) {
    MessageRef ref = new MessageRef(channel(), id);
    return new ChatEvent.MessageEdited(at, program(), ref, title, List.of(card(title, summary)));
  }

  /** Hears something new and lets it be followed. */
  void hears(ChatEvent event) {
    hear("heard/" + ++heard, event);
  }

  /** Lets the program rewrite its card. */
  void rewrites(String message, String title, String summary) {
    hears(rewriting(message, clock.instant(), title, summary));
  }

  /** As {@link #rewrites}, without waiting for what follows. */
  void rewriteUnsettled(String message, String title, String summary) {
    engine
        .inboxOf(CHAT)
        .accept(
            Delivery.of("heard/" + ++heard, rewriting(message, clock.instant(), title, summary)));
    engine.until("the edit is handled", () -> engine.read(tx -> tx.inbox().backlog()) == 0);
  }

  void deletes(String message) {
    hear(
        "gone/" + message,
        new ChatEvent.MessageDeleted(
            clock.instant(), Optional.empty(), new MessageRef(channel(), message)));
  }

  private static PostedCard card(String title, String summary) {
    return new PostedCard(
        "",
        title,
        "http://alertmanager.example.com/#/alerts?receiver=chat",
        "",
        List.of(),
        "",
        Tone.URGENT,
        summary,
        List.of());
  }

  private static Profile program() {
    Person program = new Person(new UserRef(CHAT, "B0ALERTS"), "Alertmanager");
    return new Profile(program, Optional.empty(), Optional.empty(), true, false, true);
  }

  /** Lets what was heard be handled, and answers be changed that may change again by now. */
  private void follow() {
    engine.until("all is handled", () -> engine.read(tx -> tx.inbox().backlog()) == 0);
    engine.advance(Duration.ofMillis(2_100));
    engine.settle();
  }

  private void hear(String key, ChatEvent event) {
    engine.inboxOf(CHAT).accept(Delivery.of(key, event));
    follow();
  }

  /** Lets a person say something in the channel. */
  void says(Person who, String text) {
    world.types(who, channel(), Optional.empty(), text);
    follow();
  }

  /** Lets a person give a command in the channel. */
  void commands(Person who, String text) {
    world.commands(who, channel(), text);
    follow();
  }

  /** Pushes Alertmanager's webhook about one alert. */
  void pushes(String status, Instant since, Map<String, String> labels) {
    StringBuilder names = new StringBuilder();
    labels.forEach(
        (name, value) ->
            names
                .append(names.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
    String body =
        "{\"status\":\"%s\",\"alerts\":[{\"status\":\"%s\",\"labels\":{%s},\"annotations\":{},"
            + "\"startsAt\":\"%s\",\"endsAt\":\"%s\",\"generatorURL\":\"\"}]}";
    String end = status.equals("resolved") ? clock.instant().toString() : "0001-01-01T00:00:00Z";
    byte[] raw = body.formatted(status, status, names, since, end).getBytes(StandardCharsets.UTF_8);
    AlertBody decoded = new AlertmanagerDecoder().decode("am", raw, clock.instant());
    List<Alert> alerts = ((AlertBody.Decoded) decoded).alerts();
    engine.accept("am", raw, "hash" + ++pushed, alerts);
    follow();
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns the answers below a message. */
  List<ShownMessage> answers(String message) {
    return world.messages(channel()).stream()
        .filter(shown -> shown.author().isEmpty())
        .filter(shown -> shown.thread().equals(Optional.of(message)))
        .toList();
  }

  /** Returns the words of the one answer below a message. */
  String answer(String message) {
    List<ShownMessage> all = answers(message);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " answers: " + all);
    }
    return all.get(0).words();
  }

  /** Presses the button of an answer, by its place. */
  void presses(Person who, String message, int button) {
    ShownMessage answer = answers(message).get(0);
    world.presses(who, answer.ref(), answer.tokens().get(button));
    engine.settle();
  }

  /** Presses a button that may be gone. */
  void pressesToken(Person who, String message, String token) {
    world.presses(who, answers(message).get(0).ref(), token);
    engine.settle();
  }

  String token(String message, int button) {
    return answers(message).get(0).tokens().get(button);
  }

  int buttons(String message) {
    return answers(message).get(0).tokens().size();
  }

  String told(Person who) {
    return String.join("\n", world.toldTo(who).stream().map(ShownMessage::words).toList());
  }

  /** Returns what is shown in an incident's channel. */
  String room(String incident) {
    ChannelRef room = engine.incident(incident).spaceOn(CHAT).orElseThrow().channel();
    return String.join("\n", world.messages(room).stream().map(ShownMessage::words).toList());
  }

  List<AlertRecord> alerts() {
    return engine.read(tx -> tx.alerts().list(false, "", 100));
  }

  @Override
  public void close() {
    engine.close();
  }
}
