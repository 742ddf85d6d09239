// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Target;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A chat with the whole engine behind it, and people who declare incidents and work on them. */
final class VoiceRoom implements AutoCloseable {

  private static final String CHAT = "chat";
  private static final String MONITORING = "alertmanager";
  private static final AlertRule BY_SERVICE =
      new AlertRule(
          Map.of(),
          List.of("service"),
          Optional.of(Severity.SEV2),
          "{{labels.service}}",
          AlertRule.Action.DECLARE);

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicReference<ChatInbox> inbox = new AtomicReference<>();
  private final Path folder;
  private final InMemoryChatWorld world;
  private EngineHarness engine;

  VoiceRoom(Path folder) {
    this.folder = folder;
    world = new InMemoryChatWorld(CHAT, delivery -> inbox.get().accept(delivery), clock);
    channel("incidents");
    List.of("ada", "li", "sam").forEach(world::person);
    open();
  }

  private void open() {
    engine = new EngineHarness(clock, folder);
    inbox.set(engine.inboxOf(CHAT));
    engine.configure(this::settings);
    engine.start(world.platform());
  }

  private Settings settings(Settings plain) {
    Settings.SeverityRule asks =
        new Settings.SeverityRule(
            Optional.of(Duration.ofMinutes(30)), Optional.of(Duration.ofMinutes(5)), "default");
    Map<Severity, Settings.SeverityRule> severities = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      severities.put(severity, asks);
    }
    EscalationPolicy policy =
        new EscalationPolicy(
            "default",
            List.of(
                new EscalationPolicy.Level(
                    List.of(Target.parse("person:" + CHAT + ":Usam")), Duration.ZERO)));
    return SettingsDraft.of(plain)
        .announcing(CHAT, "incidents")
        .severities(severities)
        .policies(List.of(policy))
        .alertRules(List.of(BY_SERVICE))
        .done();
  }

  /** Ends the process and begins a new one over the same store; the chat keeps what was said. */
  void restart() {
    engine.settle();
    engine.close();
    open();
  }

  EngineHarness engine() {
    return engine;
  }

  private void channel(String name) {
    world
        .platform()
        .openChannel(
            OnceKey.first("room/" + name, clock.instant()), new ChannelSpec(name, "", false));
  }

  private ChannelRef announcements() {
    ChatOutcome<OpenedChannel> found = world.platform().findChannel("incidents");
    return ((ChatOutcome.Done<OpenedChannel>) found).value().channel();
  }

  /** Gives a command where no incident is. */
  void commands(String who, String text) {
    gives(who, world.meetingPlace().channel(), text);
  }

  /** Gives a command in the channel of INC-1. */
  void says(String who, String text) {
    gives(who, room(), text);
  }

  private void gives(String who, ChannelRef where, String text) {
    Person person = world.person(who);
    String mentioned = text.replaceAll("@(\\w+)", "<@" + CHAT + ":U$1>");
    world.commands(person, where, mentioned);
    engine.settle();
  }

  /** Writes a message in the announcement channel, in a thread of it. */
  void writesUnder(String who, ShownMessage root, String text) {
    world.types(world.person(who), root.ref().channel(), Optional.of(root.ref().id()), text);
    engine.settle();
  }

  /** Presses the button of that action on a message. */
  void presses(String who, ShownMessage message, String action) {
    String token =
        message.tokens().stream()
            .filter(t -> actionOf(t).equals(action))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no button " + action + " on " + message));
    world.presses(world.person(who), message.ref(), token);
    engine.settle();
  }

  private String actionOf(String token) {
    return engine.read(tx -> tx.actions().find(token)).orElseThrow().action();
  }

  /** Returns the actions of the buttons on a message. */
  List<String> actions(ShownMessage message) {
    return message.tokens().stream().map(this::actionOf).toList();
  }

  void passes(Duration time) {
    engine.advance(time);
    engine.settle();
  }

  /** Hands in a firing alert of the one service there is. */
  void alerts(String name) {
    engine.alerts(MONITORING, firing(name));
    engine.settle();
  }

  private Alert firing(String name) {
    return new Alert(
        new AlertKey(MONITORING, name),
        Alert.Status.FIRING,
        "Checkout answers slowly, " + name,
        "critical",
        Map.of("service", "checkout"),
        Map.of(),
        clock.instant(),
        Optional.empty(),
        "",
        List.of());
  }

  /** Lets the alerts of the service belong to INC-1, as if an alert of it had been attached. */
  void serviceIsOfTheIncident() {
    String group = BY_SERVICE.groupKey(firing("any"));
    IncidentId id = IncidentId.parse("INC-1").orElseThrow();
    engine.write(tx -> tx.alerts().declared(MONITORING, group, id, clock.instant()));
  }

  /** Returns the channel of INC-1. */
  ChannelRef room() {
    return engine.incident("INC-1").spaces().get(0).channel();
  }

  /** Returns what the bot said in the channel of INC-1 itself, oldest first. */
  List<ShownMessage> inChannel() {
    return bot(room()).stream().filter(m -> m.thread().isEmpty()).toList();
  }

  /** Returns what the bot said in the thread of the headline, oldest first. */
  List<ShownMessage> inThread() {
    Optional<String> headline = Optional.of(inChannel().get(0).ref().id());
    return bot(room()).stream().filter(m -> m.thread().equals(headline)).toList();
  }

  /** Returns the one line of the whole room that holds these words. */
  List<String> linesWith(String words) {
    List<String> lines = new ArrayList<>();
    bot(room()).stream()
        .map(ShownMessage::words)
        .filter(text -> !text.contains("\n") && text.contains(words))
        .forEach(lines::add);
    return lines;
  }

  /** Returns what the bot said where incidents are announced. */
  List<ShownMessage> announced() {
    return bot(announcements());
  }

  /** Returns what only this person was told. */
  List<ShownMessage> toldTo(String who) {
    return world.toldTo(world.person(who));
  }

  private List<ShownMessage> bot(ChannelRef where) {
    return world.messages(where).stream().filter(m -> m.author().isEmpty()).toList();
  }

  /** Returns which messages there are, for comparing. */
  static Set<MessageRef> refs(List<ShownMessage> messages) {
    return Set.copyOf(messages.stream().map(ShownMessage::ref).toList());
  }

  @Override
  public void close() {
    engine.close();
  }
}
