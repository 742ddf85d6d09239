// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertRule;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.Urgency;
import dev.muster.incident.Incident;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Target;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole engine on a chat in memory, with one incident, INC-1, and people around it. */
final class IncidentRoom implements AutoCloseable {

  static final String CHAT = "chat";
  static final String ID = "INC-1";

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicLong ids = new AtomicLong(clock.instant().toEpochMilli() * 1_000);
  private final Path folder;
  private final UnaryOperator<Settings> settings;
  private final AtomicInteger heard = new AtomicInteger();
  private final WatchedChat watched = new WatchedChat();
  private boolean deaf;
  private EngineHarness engine;
  private final InMemoryChatWorld world;

  IncidentRoom(Path folder) {
    this(folder, before -> before);
  }

  IncidentRoom(Path folder, UnaryOperator<Settings> settings) {
    this.folder = folder;
    this.settings = settings;
    engine = new EngineHarness(clock, folder, ids);
    world = new InMemoryChatWorld(CHAT, this::heard, clock);
    start();
  }

  private Receipt heard(Delivery delivery) {
    return deaf ? new Receipt.NotStored("nobody listens") : engine.inboxOf(CHAT).accept(delivery);
  }

  private void start() {
    engine.configure(before -> settings.apply(announcing(before)));
    engine.start(watched.over(world.platform()));
  }

  private static Settings announcing(Settings before) {
    return SettingsDraft.of(before).announcing(CHAT, "general").done();
  }

  /** Lets every severity have one rule, and one policy that asks a level every five minutes. */
  static UnaryOperator<Settings> asking(Settings.SeverityRule rule, List<List<String>> levels) {
    AtomicInteger minutes = new AtomicInteger(-5);
    List<EscalationPolicy> policies =
        levels.isEmpty()
            ? List.of()
            : List.of(
                new EscalationPolicy(
                    "default",
                    levels.stream()
                        .map(
                            level ->
                                new EscalationPolicy.Level(
                                    level.stream().map(Target::parse).toList(),
                                    Duration.ofMinutes(minutes.addAndGet(5))))
                        .toList()));
    Map<Severity, Settings.SeverityRule> rules =
        Arrays.stream(Severity.values()).collect(Collectors.toMap(s -> s, s -> rule));
    return before ->
        SettingsDraft.of(before)
            .severities(rules)
            .policies(policies)
            .alertRules(AlertRule.defaults())
            .done();
  }

  /** Does something in each new channel before the bot has written down that there is one. */
  void beforeRecorded(Consumer<ChannelRef> act) {
    watched.beforeOpened(
        channel -> {
          act.accept(channel);
          engine.until("all was heard", () -> engine.read(tx -> tx.inbox().backlog()) == 0);
        });
  }

  /** Returns what lets the process die between two calls of the platform. */
  MortalChat mortal() {
    return watched.mortal();
  }

  /** Lets a message of ours stay as it is. */
  void refuseToEdit(MessageRef message) {
    watched.refuseToEdit(message);
  }

  /** Lets no file be posted. */
  void refuseFiles() {
    watched.refuseFiles();
  }

  /** Lets nobody be told who has that identity. */
  void refuseToTell(UserRef user) {
    watched.refuseToTell(user);
  }

  /** Ends the process and begins a new one over the same store; the chat keeps what was said. */
  void restart() {
    restart(Duration.ofSeconds(1));
  }

  /** Ends the process, and begins a new one after that time. */
  void restart(Duration down) {
    engine.close();
    watched.mortal().live();
    clock.advance(down);
    engine = new EngineHarness(clock, folder, ids);
    start();
  }

  EngineHarness engine() {
    return engine;
  }

  InMemoryChatWorld world() {
    return world;
  }

  Person person(String name) {
    return world.person(name);
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns how often the platform was called for that. */
  long calls(String verb) {
    return watched.calls(verb);
  }

  /** Lets somebody declare the incident, with words as they follow the command. */
  void declares(Person who, String words) {
    commandsAt(who, world.meetingPlace().channel(), words);
  }

  /** Lets monitoring declare the incident, which nobody commands then. */
  void alerts(String title) {
    engine.alerts("monitoring", firing(title, now()));
    engine.settle();
  }

  /** Returns an alert that leads to an incident. */
  static Alert firing(String title, Instant at) {
    return new Alert(
        new AlertKey("monitoring", title),
        Alert.Status.FIRING,
        title,
        "critical",
        Map.of("severity", "critical"),
        Map.of(),
        at,
        Optional.empty(),
        "",
        List.of());
  }

  /** Returns how a person is mentioned, as an adapter hands it on. */
  static String mention(Person who) {
    return "<@" + who.ref() + ">";
  }

  /** Lets somebody give a command in the incident's channel. */
  void commands(Person who, String words) {
    commandsAt(who, channel(), words);
  }

  void commandsAt(Person who, ChannelRef where, String words) {
    world.commands(who, where, words);
    engine.settle();
  }

  void says(Person who, String words) {
    world.types(who, channel(), Optional.empty(), words);
    engine.settle();
  }

  /** Lets somebody say something of which the platform does not tell. */
  void saysUnheard(Person who, String words) {
    deaf = true;
    world.types(who, channel(), Optional.empty(), words);
    deaf = false;
  }

  /** Presses the last button of that label in the incident's place. */
  void presses(Person who, String label) {
    press(who, world.messages(channel()), label);
  }

  /** Returns the questions that buttons asked before a press counts, in order. */
  List<String> questions() {
    return watched.questions();
  }

  /** Presses the last button of that label that a person was told privately. */
  void pressesTold(Person who, String label) {
    press(who, world.toldTo(who), label);
  }

  /** Returns whether a button of that label stands in the incident's place. */
  boolean shows(String label) {
    return newest(world.messages(channel()), label).isPresent();
  }

  private Optional<ShownMessage> newest(List<ShownMessage> seen, String label) {
    return seen.stream()
        .filter(message -> message.tokens().stream().map(watched::label).anyMatch(label::equals))
        .reduce((before, after) -> after);
  }

  void press(Person who, List<ShownMessage> seen, String label) {
    ShownMessage carrier =
        newest(seen, label).orElseThrow(() -> new AssertionError("no button " + label));
    String token =
        carrier.tokens().stream()
            .filter(each -> label.equals(watched.label(each)))
            .findFirst()
            .orElseThrow();
    world.presses(who, carrier.ref(), token);
    engine.settle();
  }

  /** Lets the platform tell something, and follows it to its end. */
  void hears(ChatEvent event) {
    engine.inboxOf(CHAT).accept(Delivery.of("heard/" + heard.incrementAndGet(), event));
    engine.settle();
  }

  void changes(ChannelRef channel, ChatEvent.ChannelChanged.Change change, String name) {
    hears(new ChatEvent.ChannelChanged(now(), channel, change, name));
  }

  /** Lets the platform tell that a person is different now. */
  void isNow(Person who, boolean external, boolean active) {
    Profile profile = profile(who, external, active);
    watched.knowsNow(who.ref(), profile);
    hears(new ChatEvent.PersonChanged(now(), profile));
  }

  static Profile profile(Person who, boolean external, boolean active) {
    return new Profile(who, Optional.empty(), Optional.empty(), false, external, active);
  }

  /** Lets time pass, from one thing that falls due to the next; looks after each. */
  void passInHops(Duration time, Runnable look) {
    Instant end = now().plus(time);
    for (Optional<Instant> next = nextDue(end); next.isPresent(); next = nextDue(end)) {
      hop(next.get(), look);
    }
    hop(end, look);
  }

  private void hop(Instant to, Runnable look) {
    engine.advance(Duration.between(now(), to));
    engine.calm();
    look.run();
  }

  private Optional<Instant> nextDue(Instant end) {
    return engine.read(
        tx ->
            Stream.of(tx.timers().nextDue(), tx.effects().nextDue())
                .flatMap(Optional::stream)
                .filter(at -> at.isAfter(now()) && at.isBefore(end))
                .min(Instant::compareTo));
  }

  /** Lets time pass, minute by minute. */
  void pass(Duration time) {
    engine.settle();
    Instant end = now().plus(time);
    while (now().isBefore(end)) {
      engine.advance(Duration.ofMinutes(1));
      engine.settle();
    }
  }

  Incident incident() {
    return engine.incident(ID);
  }

  Space space() {
    return incident().spaceOn(CHAT).orElseThrow();
  }

  ChannelRef channel() {
    return space().channel();
  }

  List<String> lines(ChannelRef channel) {
    return world.messages(channel).stream().map(ShownMessage::words).toList();
  }

  List<String> lines() {
    return lines(channel());
  }

  /** Returns all that a person was told privately. */
  List<String> told(Person who) {
    return world.toldTo(who).stream().map(ShownMessage::words).toList();
  }

  String timeline() {
    return engine.entries(ID).stream()
        .map(entry -> entry.kind() + " " + entry.text())
        .collect(Collectors.joining("\n"));
  }

  /** Returns what is shown under a link of ours now. */
  Optional<BotMessage> card(MessageRef message, String url) {
    return engine.read(
        tx -> PageLinks.card(new Moment(tx, now(), announcing(engine.settings())), message, url));
  }

  /** Makes another channel, as if somebody else had. */
  ChannelRef otherChannel(String name) {
    ChatOutcome<OpenedChannel> made =
        world
            .platform()
            .openChannel(
                new OnceKey("made/" + name, 1, now(), Urgency.CARD),
                new ChannelSpec(name, "", false, ""));
    return ((ChatOutcome.Done<OpenedChannel>) made).value().channel();
  }

  @Override
  public void close() {
    engine.close();
    world.close();
  }
}
