// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.Places;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Pushed;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The engine, its store and the real adapter over the stand-in for Microsoft, with people in it.
 */
final class WholeTeams implements AutoCloseable {

  private final ManualClock clock = ManualClock.atNoon();
  private final EngineHarness engine;
  private Duration ahead = Duration.ZERO;
  private final FakeTeams teams = new FakeTeams(this::theirTime);
  private final Payloads pushes = new Payloads(teams);
  private final TestRuntime runtime;
  private final ChatPlatform platform;
  private final TeamsPeople people;
  private final FakeConversation lobby;

  WholeTeams(Path folder) {
    this(folder, List.of());
  }

  /** Creates one in which these channels are read as alerts. */
  WholeTeams(Path folder, List<String> alertChannels) {
    this(folder, alertChannels, whole -> List.of());
  }

  /** Creates one whose bot is on other chats as well. */
  WholeTeams(
      Path folder, List<String> alertChannels, Function<WholeTeams, List<ChatPlatform>> beside) {
    this(folder, alertChannels, beside, true);
  }

  /** Creates one that nobody added to a team yet, so that Teams has never called it. */
  static WholeTeams nowhere(Path folder, Consumer<WholeTeams> before) {
    return new WholeTeams(
        folder,
        List.of(),
        whole -> {
          before.accept(whole);
          return List.of();
        },
        false);
  }

  private WholeTeams(
      Path folder,
      List<String> alertChannels,
      Function<WholeTeams, List<ChatPlatform>> beside,
      boolean added) {
    engine = new EngineHarness(clock, folder);
    runtime = new TestRuntime(clock, this::theirTime, engine.memory("teams"), folder);
    Places earlier = new Places(engine.memory("teams"), new HostGuard(List.of("127.0.0.1")));
    if (added) {
      earlier.keep(earlier.rememberAddress(FakeTenant.TEAM, teams.serviceUrl()));
    }
    platform =
        new TeamsPlatformFactory()
            .create(
                TeamsGround.config(teams, FakeTeams.PASSWORD, "", alertChannels),
                delivery -> engine.inboxOf("teams").accept(delivery),
                runtime);
    people = new TeamsPeople(teams, (activity, authorization) -> pushed(push(activity)));
    lobby = teams.tenant().channel("lobby", "");
    teams.tenant().channel("incidents", "");
    alertChannels.forEach(name -> teams.tenant().channel(name, ""));
    List<ChatPlatform> all = new ArrayList<>(List.of(platform));
    all.addAll(beside.apply(this));
    engine.start(all.toArray(ChatPlatform[]::new));
    if (added) {
      push(pushes.installed());
      engine.settle();
    }
  }

  EngineHarness engine() {
    return engine;
  }

  FakeTeams teams() {
    return teams;
  }

  TeamsPeople people() {
    return people;
  }

  Payloads pushes() {
    return pushes;
  }

  ManualClock clock() {
    return clock;
  }

  private Instant theirTime() {
    return clock.instant().minus(ahead);
  }

  /** Puts the machine's clock forward, or back when negative, and nobody else's. */
  void machineIsSet(Duration by) {
    ahead = ahead.plus(by);
    engine.clockSteps(by);
  }

  FakeConversation lobby() {
    return lobby;
  }

  FakePerson person(String name) {
    return teams.tenant().person(name);
  }

  /** Pushes with a genuine token, and waits for nothing. */
  RouteAnswer push(ObjectNode activity) {
    Map<String, String> headers = Map.of("Authorization", pushes.authorization());
    return runtime.call(TestRequest.of("POST", "/api/messages", headers, Json.bytes(activity)));
  }

  private static Pushed pushed(RouteAnswer answer) {
    return new Pushed(TestRequest.status(answer), TeamsGround.body(answer).toString());
  }

  /** Lets somebody write to the bot in a channel. */
  void asks(String name, FakeConversation where, String words) {
    says(name, where, Optional.empty(), Payloads.BOT_MENTION + " " + words);
  }

  /** Lets somebody write to the bot in a thread. */
  void asksInThread(String name, FakeConversation where, String root, String words) {
    says(name, where, Optional.of(root), Payloads.BOT_MENTION + " " + words);
  }

  /** Lets somebody choose a command of the bot by its slash: the bot alone reads it. */
  void slashes(String name, FakeConversation where, String words) {
    ObjectNode push = pushes.message(saidUnheard(name, where, words), where);
    push.withObjectProperty("recipient").put("isTargeted", true);
    push(push);
    engine.settle();
  }

  /** Lets somebody write to the others. */
  void writes(String name, FakeConversation where, String words) {
    says(name, where, Optional.empty(), words);
  }

  /** Lets somebody write, in a thread if one is named. */
  void says(String name, FakeConversation where, Optional<String> root, String words) {
    people.says(name, where.id(), root, words);
    engine.settle();
  }

  /** Lets somebody write while Teams tells the bot nothing. */
  FakeMessage saidUnheard(String name, FakeConversation where, String words) {
    return people.unheard(name, where.id(), Optional.empty(), words);
  }

  /** Lets somebody answer in a thread while Teams tells the bot nothing. */
  FakeMessage saidInThread(String name, FakeConversation where, FakeMessage root, String words) {
    return people.unheard(name, where.id(), Optional.of(root.id()), words);
  }

  /** Returns everything that one person was told alone. */
  String toldTo(String name) {
    return people.sight().toldTo(name).stream()
        .map(told -> told.words() + "\n")
        .collect(Collectors.joining());
  }

  /** Lets a program post a card. */
  FakeMessage posts(String name, FakeConversation where, JsonNode activity) {
    FakePerson program = teams.tenant().person(name);
    return teams
        .tenant()
        .say(where, Optional.empty(), Optional.of(program), Optional.empty(), activity);
  }

  /** Lets somebody use a message extension on a message; returns the card of the dialog. */
  Reading chooses(String name, String command, FakeConversation where, FakeMessage message) {
    return dialog(push(pushes.chosen(command, person(name), where, message)));
  }

  /** Lets somebody press a button that opens a dialog; returns its card. */
  Reading fetches(String name, FakeConversation where, FakeMessage on, JsonNode data) {
    ObjectNode press = pushes.dialog("task/fetch", person(name), where, data);
    return dialog(push(press.put("replyToId", on.id())));
  }

  /** Lets somebody send the form of a dialog; returns what it shows then. */
  Reading submits(String name, FakeConversation where, Reading dialog, Map<String, String> values) {
    ObjectNode data = TeamsPeople.filled(dialog, values);
    Reading after = dialog(push(pushes.submitted(person(name), where, data)));
    engine.settle();
    return after;
  }

  private static Reading dialog(RouteAnswer answer) {
    return Reading.card(TeamsGround.body(answer).at("/task/value/card/content"));
  }

  /** Declares an incident and returns its channel. */
  FakeConversation declared(String name, String title) {
    asks(name, lobby, "declare! " + title);
    return room("INC-" + engine.incidents());
  }

  /** Returns an incident's channel. */
  FakeConversation room(String incident) {
    String id = engine.incident(incident).spaceOn("teams").orElseThrow().channel().id();
    return teams.tenant().conversation(id).orElseThrow();
  }

  /** Returns the press of the button that a channel's last card with that label offers. */
  ObjectNode press(String name, FakeConversation where, String label) {
    TeamsPeople.Offer offer = TeamsPeople.offer(where, label);
    return pushes.press(person(name), where, Optional.of(offer.on()), offer.data());
  }

  /** Returns how many messages of a channel say exactly that. */
  long shown(FakeConversation where, String words) {
    return where.messages().stream()
        .filter(m -> Reading.of(m.activity()).words().equals(words))
        .count();
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
                            new Target.InIncident(first, "teams"), slot, "", BotMessage.line(slot)),
                        "INC-1/teams/slot/" + slot,
                        Priority.CARDS,
                        Optional.of(first),
                        "",
                        clock.instant())));
  }

  /** Lets an operator put a new secret in and reload the configuration. */
  void putsIn(String secret) {
    runtime.reload(TeamsGround.config(teams, secret, ""));
  }

  /** Lets the adapter look around, as it does every few seconds. */
  void looksAround() {
    ((TeamsPlatform) platform).lookAround();
  }

  @Override
  public void close() {
    platform.close();
    engine.close();
    runtime.close();
    teams.close();
  }
}
