// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.render.MessageRenderer;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.ContractArea;
import dev.muster.testkit.Fault;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.ShownChannel;
import dev.muster.testkit.ShownForm;
import dev.muster.testkit.ShownMessage;
import dev.muster.testkit.TestRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** People in the fake tenant, and the adapter over it through its real client and the real SDK. */
final class TeamsChatWorld implements ChatWorld {

  private static final Duration RATE_LIMIT = Duration.ofSeconds(7);
  private final Map<String, String> askedIn = new HashMap<>();
  private final ManualClock clock;
  private final TeamsGround ground;
  private final FakeTeams teams;
  private final Payloads pushes;
  private final Set<String> joined = new HashSet<>();
  private ObjectNode lastPush;
  private RouteAnswer lastAnswer;

  TeamsChatWorld(KeyedMemory memory, RecordingInbox inbox, ManualClock clock, Path files) {
    this.clock = clock;
    this.ground = new TeamsGround(memory, inbox, clock, files);
    this.teams = ground.teams();
    this.pushes = ground.pushes();
    // Teams has called some time before.
    memory.put(List.of(Memory.Write.of("called/http", clock.instant().toString())));
  }

  FakeTeams teams() {
    return teams;
  }

  /** Returns the body of the adapter's last answer. */
  JsonNode lastAnswer() {
    return TeamsGround.body(lastAnswer);
  }

  private RouteAnswer push(ObjectNode activity) {
    lastPush = activity;
    return push(activity, pushes.authorization());
  }

  private RouteAnswer push(ObjectNode activity, String authorization) {
    lastAnswer = ground.push(activity, authorization);
    return lastAnswer;
  }

  @Override
  public ChatPlatform platform() {
    return ground.platform();
  }

  @Override
  public Telemetry telemetry() {
    return ground.runtime().telemetry();
  }

  @Override
  public Set<ContractArea> notYet() {
    return Set.of();
  }

  @Override
  public OpenedChannel meetingPlace() {
    return new OpenedChannel(ground.placeRef(), "meeting-place", "https://teams.microsoft.com/l/x");
  }

  FakePerson fake(Person who) {
    return teams.tenant().byId(who.ref().id()).orElseThrow();
  }

  @Override
  public Person person(String name) {
    FakePerson who = teams.tenant().person(name);
    if (joined.add(name)) {
      push(pushes.joined(who));
    }
    return new Person(new UserRef(MessageIds.PLATFORM, who.aad()), name);
  }

  @Override
  public UserRef nobody() {
    return new UserRef(MessageIds.PLATFORM, "00000000-0000-4000-8000-000000000000");
  }

  @Override
  public String mentionOf(Person who) {
    return "<at>" + who.name() + "</at>";
  }

  private FakeConversation at(ChannelRef where) {
    return teams.tenant().conversation(where.id()).orElseThrow();
  }

  private FakeMessage at(MessageRef message) {
    return at(message.channel()).messages().stream()
        .filter(m -> m.id().equals(MessageIds.id(message)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text) {
    FakeMessage message = said(who, where, thread, text);
    push(pushes.message(message, at(where)));
    return ref(where, message);
  }

  /** Lets a person write while nobody listens. */
  void typesUnheard(Person who, ChannelRef where, Optional<String> thread, String text) {
    said(who, where, thread, text);
  }

  private FakeMessage said(Person who, ChannelRef where, Optional<String> thread, String text) {
    ObjectNode words = Json.object().put("text", text);
    return teams.tenant().say(at(where), thread, Optional.of(fake(who)), Optional.empty(), words);
  }

  private static MessageRef ref(ChannelRef where, FakeMessage message) {
    return MessageIds.message(MessageIds.conversation(where.id(), message.root()), message.id());
  }

  @Override
  public void commands(Person who, ChannelRef where, String text) {
    types(who, where, Optional.empty(), Payloads.BOT_MENTION + " " + text);
  }

  @Override
  public void commandsInThread(Person who, ChannelRef where, String root, String text) {
    types(who, where, Optional.of(root), Payloads.BOT_MENTION + " " + text);
  }

  @Override
  public void edits(Person who, MessageRef message, String text) {
    teams.tenant().edit(at(message), Json.object().put("text", text));
    push(pushes.edit(at(message), at(message.channel())));
  }

  @Override
  public void deletes(Person who, MessageRef message) {
    push(pushes.deletion(at(message), at(message.channel())));
    teams.tenant().delete(at(message));
  }

  @Override
  public void reacts(Person who, MessageRef message, String name) {
    reaction(who, message, "reactionsAdded", name);
  }

  @Override
  public void takesBack(Person who, MessageRef message, String name) {
    reaction(who, message, "reactionsRemoved", name);
  }

  private void reaction(Person who, MessageRef message, String change, String name) {
    teams.tenant().react(at(message), fake(who), change.equals("reactionsAdded") ? "📌" : "");
    push(pushes.reaction(fake(who), at(message), at(message.channel()), change, "1f4cc_" + name));
  }

  @Override
  public void presses(Person who, MessageRef message, String token) {
    JsonNode data =
        Reading.of(at(message).activity()).payloads().stream()
            .filter(d -> d.path("muster").path("press").asText("").equals(token))
            .findFirst()
            .orElseThrow();
    push(pushes.press(fake(who), at(message.channel()), Optional.of(at(message)), data));
  }

  @Override
  public Map<String, String> submits(Person who, String token, Map<String, String> values) {
    ObjectNode data = Json.object();
    data.putObject("muster").put("form", token);
    for (FakeMessage message : seenBy(who)) {
      Reading.of(message.activity())
          .form(token)
          .ifPresent(found -> data.setAll((ObjectNode) found.deepCopy()));
    }
    values.forEach((name, value) -> data.put("field_" + name, value));
    JsonNode answer =
        TeamsGround.body(push(pushes.press(fake(who), ground.place(), Optional.empty(), data)));
    return Reading.card(answer.path("value")).errors();
  }

  @Override
  public void repeatsLastPush() {
    push(lastPush);
  }

  @Override
  public int pushStatus() {
    return TestRequest.status(lastAnswer);
  }

  private ObjectNode someMessage() {
    return ground.writes("mallory", "open the doors");
  }

  @Override
  public int forges() {
    String token = FakeKeys.stranger(FakeKeys.connector().kid()).sign(pushes.claims());
    return TestRequest.status(push(someMessage(), "Bearer " + token));
  }

  /** A Teams token says when it ends; one signed too long ago has ended that long ago. */
  @Override
  public OptionalInt pushesAged(Duration age) {
    ObjectNode claims = pushes.claims();
    if (age.isNegative()) {
      claims.put("nbf", clock.instant().minus(age).getEpochSecond());
    } else {
      claims.put("exp", clock.instant().minus(age).getEpochSecond());
    }
    String token = FakeKeys.connector().sign(claims);
    return OptionalInt.of(TestRequest.status(push(someMessage(), "Bearer " + token)));
  }

  @Override
  public void settle() {
    // Pushes are handled on the caller's thread; there is nothing to wait for.
  }

  @Override
  public Optional<ShownChannel> look(ChannelRef channel) {
    return teams.tenant().conversation(channel.id()).map(this::shown);
  }

  private ShownChannel shown(FakeConversation channel) {
    List<UserRef> members =
        teams.tenant().people().stream()
            .filter(p -> teams.tenant().sees(p, channel))
            .map(p -> new UserRef(MessageIds.PLATFORM, p.aad()))
            .toList();
    String topic = channel.description().replaceAll(" ?\\[muster-.*]$", "");
    return new ShownChannel(
        channel.name(),
        topic,
        channel.kind().equals("groupChat"),
        channel.archived(),
        members,
        List.of());
  }

  @Override
  public List<ShownMessage> messages(ChannelRef channel) {
    return at(channel).messages().stream()
        .filter(m -> m.isThere() && m.onlyFor().isEmpty())
        .map(m -> shown(channel, m))
        .toList();
  }

  private ShownMessage shown(ChannelRef channel, FakeMessage message) {
    Reading card = Reading.of(message.activity());
    boolean typed = message.author().isPresent();
    return new ShownMessage(
        ref(channel, message),
        message.author().map(p -> new UserRef(MessageIds.PLATFORM, p.aad())),
        typed ? message.activity().path("text").asText() : card.words(),
        card.tokens(),
        card.notified().stream().map(id -> new UserRef(MessageIds.PLATFORM, id)).toList(),
        message.root(),
        List.of(),
        false);
  }

  private List<FakeMessage> seenBy(Person who) {
    List<FakeMessage> all = new ArrayList<>();
    for (FakeConversation conversation : teams.tenant().conversations()) {
      boolean own =
          conversation.kind().equals("personal") && conversation.members().contains(fake(who));
      conversation.messages().stream()
          .filter(FakeMessage::isThere)
          .filter(m -> own || m.onlyFor().filter(fake(who)::equals).isPresent())
          .forEach(all::add);
    }
    return all;
  }

  @Override
  public List<ShownMessage> toldTo(Person who) {
    return seenBy(who).stream().map(m -> shown(ground.placeRef(), m)).toList();
  }

  @Override
  public List<ShownForm> formsOpenFor(Person who) {
    List<ShownForm> forms = new ArrayList<>();
    for (FakeMessage message : seenBy(who)) {
      Reading card = Reading.of(message.activity());
      Optional<String> form = card.formToken();
      form.ifPresent(token -> askedIn.put(message.id(), token));
      // A form that asks no more still offers what stands above its fields.
      form.or(() -> Optional.ofNullable(askedIn.get(message.id())))
          .filter(token -> form.isPresent() || !card.labels().isEmpty())
          .ifPresent(
              token ->
                  forms.add(
                      new ShownForm(
                          token,
                          card.words().lines().findFirst().orElse(""),
                          card.inputs().keySet().stream()
                              .map(id -> id.substring("field_".length()))
                              .toList())));
    }
    return forms;
  }

  @Override
  public boolean sees(Person who, ChannelRef channel) {
    return teams.tenant().sees(fake(who), at(channel));
  }

  @Override
  public boolean isLegalName(String name) {
    return FakeTeams.isLegalName(name);
  }

  @Override
  public int longestText() {
    return MessageRenderer.LONGEST_TEXT;
  }

  @Override
  public boolean canSuffer(Fault fault) {
    return true;
  }

  @Override
  public void arm(Fault fault) {
    switch (fault) {
      case FAILS_BEFORE -> teams.armNextChange(dev.muster.teams.fake.Fault.answer(500));
      case LOSES_THE_REPLY ->
          teams.armNextChange(
              dev.muster.teams.fake.Fault.after(dev.muster.teams.fake.Fault.Kind.LOSES_THE_REPLY));
      case RATE_LIMITED ->
          teams.armNextChange(dev.muster.teams.fake.Fault.later(429, (int) RATE_LIMIT.toSeconds()));
      case CREDENTIALS_REFUSED -> teams.login().refuseWith(7000215);
    }
  }

  @Override
  public Duration rateLimit() {
    return RATE_LIMIT;
  }

  @Override
  public List<String> secrets() {
    List<String> secrets = new ArrayList<>(teams.login().issued());
    secrets.add(FakeTeams.PASSWORD);
    return secrets;
  }

  @Override
  public int calls() {
    return teams.ledger().size();
  }

  @Override
  public void close() {
    ground.close();
  }
}
