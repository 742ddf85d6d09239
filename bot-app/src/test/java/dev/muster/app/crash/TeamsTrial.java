// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.app.MovedOn;
import dev.muster.teams.fake.BotYaml;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeFault;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.HttpLine;
import dev.muster.teams.fake.Posted;
import dev.muster.teams.fake.PushLine;
import dev.muster.teams.fake.Pushed;
import dev.muster.teams.fake.TeamsPeople;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One bot that may be killed, on a Teams that lives on and remembers. */
final class TeamsTrial extends OpeningTrial {

  /** How often the connector delivers again what nobody acknowledged. */
  private static final int REPEATS = 3;

  /** The end of a description by which the bot finds its channel again. */
  private static final String TAG = " ?\\[muster-.*]$";

  private final boolean mayLook;
  private final FakeTeams teams;
  private final TeamsPeople people;
  private final Postman<Post, Pushed> postman;
  private final List<String> givenUp = new CopyOnWriteArrayList<>();

  private record Post(ObjectNode activity, String authorization) {}

  /**
   * @param mayLook whether the team consented to reading its messages
   */
  TeamsTrial(Path folder, boolean mayLook) {
    this(folder, mayLook, new MovedOn(Duration.ZERO));
  }

  private TeamsTrial(Path folder, boolean mayLook, MovedOn clock) {
    this(folder, mayLook, clock, new FakeTeams(clock));
  }

  private TeamsTrial(Path folder, boolean mayLook, MovedOn clock, FakeTeams teams) {
    super(folder, "platforms:\n  web: { enabled: false }\n" + BotYaml.of(teams), clock);
    this.mayLook = mayLook;
    this.teams = teams;
    if (!mayLook) {
      teams.without("ChannelMessage.Read.Group");
    }
    PushLine line = new HttpLine(() -> URI.create(bot().address()));
    postman =
        new Postman<>(
            post -> untilTaken(line, post.activity(), post.authorization()),
            Pushed.NOBODY,
            Pushed::isAcknowledged);
    people = new TeamsPeople(teams, (activity, token) -> postman.bring(new Post(activity, token)));
    people.channel(ANNOUNCEMENTS);
    people.admits("ada");
    people.admits("li");
    onCall(people.sight().idOf("li"), people.sight().idOf("ada"));
  }

  @Override
  void begin() {
    super.begin();
    people.installsTheBot();
  }

  /** The connector delivers under the same id again when nobody answers. */
  private Pushed untilTaken(PushLine line, ObjectNode activity, String authorization) {
    List<Pushed> answers = new ArrayList<>();
    Pushed answer = line.push(activity, authorization);
    answers.add(answer);
    for (int repeat = 1; !answer.isAcknowledged() && repeat <= REPEATS; repeat++) {
      answer = line.push(activity, authorization);
      answers.add(answer);
    }
    if (!answer.isAcknowledged() && !postman.keepsRefused()) {
      givenUp.add(answers + " to " + activity.path("text").asText(activity.toString()));
    }
    return answer;
  }

  @Override
  List<String> givenUp() {
    return givenUp.stream().map(told -> "Teams gave up, being answered " + told).toList();
  }

  @Override
  boolean mayLook() {
    return mayLook;
  }

  @Override
  boolean offers(String channel, String label) {
    return people.sight().messages(channel).stream().anyMatch(m -> m.offers(label));
  }

  @Override
  boolean press(String person, String channel, String label) {
    return people.presses(person, channel, label).isAcknowledged() || postman.keepsRefused();
  }

  @Override
  void write(String person, String channel, String words) {
    people.asks(person, channel, words);
  }

  @Override
  void talk(String person, String channel, String words) {
    people.types(person, channel, words);
  }

  /** Returns what can go wrong on the way. */
  ChatStage.Wire wire() {
    return new ChatStage.Wire(
        (call, fault) -> teams.arm(FakeCall.valueOf(call), FakeFault.valueOf(fault)),
        teams::goDark,
        postman);
  }

  @Override
  Set<String> secrets() {
    return Set.of(FakeTeams.PASSWORD);
  }

  /** Teams tells the bot nothing of what the bot did. */
  @Override
  void settleOutside() {}

  @Override
  List<Room> rooms(String begin) {
    return people.sight().channels().stream()
        .filter(channel -> channel.name().startsWith(begin))
        .map(this::room)
        .toList();
  }

  /** Everybody of the team is in its channels; whoever is brought in is mentioned. */
  private Room room(FakeConversation channel) {
    List<String> mentioned =
        people.sight().messages(channel.id()).stream()
            .filter(message -> message.words().contains("asked to join"))
            .flatMap(message -> names(message.notified()))
            .toList();
    String topic = channel.description().replaceAll(TAG, "");
    return new Room(channel.id(), channel.name(), lines(channel.id()), topic, mentioned);
  }

  private Stream<String> names(List<String> notified) {
    return teams.tenant().people().stream()
        .filter(who -> notified.contains(who.botUser()) || notified.contains(who.aad()))
        .map(FakePerson::name);
  }

  private List<Line> lines(String channel) {
    return people.sight().messages(channel).stream()
        .map(m -> new Line(m.isFromBot(), m.root().isPresent(), m.words()))
        .toList();
  }

  @Override
  List<String> toldToCommander() {
    return people.sight().toldTo("ada").stream().map(Posted::words).toList();
  }

  @Override
  List<Line> announcements() {
    return lines(ANNOUNCEMENTS);
  }

  /**
   * What one person alone is told nobody can read back, so that it is not told a second time. Where
   * nobody may look, news is not repeated either, and what was missed cannot be read.
   */
  @Override
  boolean mayEndInDoubt(JsonNode entry) {
    String words = entry.path("text").asText();
    if (entry.path("data").path("reason").asText().equals("person_unreachable")) {
      return words.endsWith("a private answer is never sent twice.");
    }
    return switch (entry.path("data").path("kind").asText()) {
      case "TellPerson" -> words.endsWith("a private answer is never sent twice.");
      case "ShowMessage" ->
          words.endsWith("a private answer is never sent twice.")
              || (!mayLook && words.endsWith("news is not repeated."));
      case "ReadHistory" -> !mayLook && words.contains("is not permitted");
      default -> false;
    };
  }

  @Override
  List<String> problemsHere(String id, boolean inDoubt) {
    List<String> problems = new ArrayList<>();
    List<String> told =
        people.sight().toldTo("ada").stream()
            .map(Posted::words)
            .filter(words -> words.contains(answered(id)))
            .toList();
    if (told.size() > 1 || (told.isEmpty() && !inDoubt)) {
      ChatPromises.expectOne(problems, told.size(), "private answers about " + id);
    }
    return problems;
  }

  @Override
  public void close() {
    super.close();
    teams.close();
  }
}
