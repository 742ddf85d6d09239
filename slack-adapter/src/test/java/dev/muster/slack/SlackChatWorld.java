// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.slack.client.FormMark;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SlackSight;
import dev.muster.slack.fake.SocketLine;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.ContractArea;
import dev.muster.testkit.Fault;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.ShownChannel;
import dev.muster.testkit.ShownForm;
import dev.muster.testkit.ShownMessage;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The contract suite's people in the stand-in's workspace, and the real adapter talking to it. */
final class SlackChatWorld implements ChatWorld {

  /** What Slack sends when somebody writes the request URL into the app's settings. */
  private static final String CHALLENGE =
      "{\"type\":\"url_verification\",\"challenge\":\"any-text\"}";

  private final FakeSlack slack;
  private final SlackPeople people;
  private final SlackSight sight;
  private final ChatPlatform platform;
  private final TestRuntime runtime;
  private final ManualClock clock;
  private final ChannelNow meetingPlace;
  private final Optional<FakeSocket> socket;
  private final Optional<SocketLine> socketLine;
  private Push last;
  private Pushed answered = Pushed.NOBODY;

  /** Creates the world around an adapter that was created over {@code slack} and hears by HTTP. */
  SlackChatWorld(FakeSlack slack, ChatPlatform platform, TestRuntime runtime, ManualClock clock) {
    this(slack, Optional.empty(), platform, runtime, clock);
  }

  /**
   * Creates the world around an adapter.
   *
   * @param socket the other end of the adapter's connections, when it hears over these
   */
  SlackChatWorld(
      FakeSlack slack,
      Optional<FakeSocket> socket,
      ChatPlatform platform,
      TestRuntime runtime,
      ManualClock clock) {
    this.socket = socket;
    this.socketLine = socket.map(other -> new SocketLine(other, runtime.telemetry()));
    this.slack = slack;
    this.platform = platform;
    this.runtime = runtime;
    this.clock = clock;
    people = new SlackPeople(slack, this::push, this::echo);
    sight = people.sight();
    if (socket.isEmpty()) {
      call(Signed.request(Signed.JSON, CHALLENGE, clock.instant()));
    }
    meetingPlace = sight.channel(people.channel("checkout-team")).orElseThrow();
  }

  private Pushed push(Push push) {
    last = push;
    answered = send(push);
    return answered;
  }

  /** What the bot did before it connected is nothing that it waits for. */
  private Pushed echo(Push push) {
    return socket.map(FakeSocket::live).orElse(1) > 0 ? send(push) : Pushed.NOBODY;
  }

  private Pushed send(Push push) {
    return socketLine
        .map(line -> line.push(push))
        .orElseGet(() -> call(Signed.request(push, clock.instant())));
  }

  private Pushed call(TestRequest request) {
    RouteAnswer got = runtime.call(request);
    return new Pushed(
        TestRequest.status(got),
        got instanceof RouteAnswer.Bytes bytes
            ? new String(bytes.body(), StandardCharsets.UTF_8)
            : "");
  }

  /** Returns the stand-in. */
  FakeSlack slack() {
    return slack;
  }

  /** Returns what people see. */
  SlackSight sight() {
    return sight;
  }

  /** Returns what people do. */
  SlackPeople people() {
    return people;
  }

  @Override
  public ChatPlatform platform() {
    return platform;
  }

  @Override
  public Telemetry telemetry() {
    return runtime.telemetry();
  }

  @Override
  public Set<ContractArea> notYet() {
    return Set.of();
  }

  @Override
  public OpenedChannel meetingPlace() {
    return new OpenedChannel(
        new ChannelRef("slack", meetingPlace.id()),
        meetingPlace.name(),
        "https://acme.slack.com/archives/" + meetingPlace.id());
  }

  @Override
  public Person person(String name) {
    String id = people.person(name);
    people.admits(id, meetingPlace.id());
    return new Person(new UserRef("slack", id), name);
  }

  @Override
  public UserRef nobody() {
    return new UserRef("slack", "U0NOBODY99");
  }

  @Override
  public String mentionOf(Person who) {
    return "@" + who.name();
  }

  @Override
  public MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text) {
    return new MessageRef(where, people.says(who.ref().id(), where.id(), thread, text));
  }

  @Override
  public void commands(Person who, ChannelRef where, String text) {
    people.runs(who.ref().id(), where.id(), "/incident " + text);
  }

  @Override
  public void commandsInThread(Person who, ChannelRef where, String root, String text) {
    people.replies(who.ref().id(), where.id(), root, "@muster " + text);
  }

  @Override
  public void edits(Person who, MessageRef message, String text) {
    people.edits(who.ref().id(), message.channel().id(), message.id(), text);
  }

  @Override
  public void deletes(Person who, MessageRef message) {
    people.deletes(message.channel().id(), message.id());
  }

  @Override
  public void reacts(Person who, MessageRef message, String name) {
    people.reacts(who.ref().id(), message.channel().id(), message.id(), name);
  }

  @Override
  public void takesBack(Person who, MessageRef message, String name) {
    people.takesBack(who.ref().id(), message.channel().id(), message.id(), name);
  }

  @Override
  public void presses(Person who, MessageRef message, String token) {
    people.pressesValue(who.ref().id(), message.channel().id(), message.id(), token);
  }

  @Override
  public Map<String, String> submits(Person who, String token, Map<String, String> values) {
    OpenWindow open =
        sight.windowsOf(who.ref().id()).stream()
            .filter(window -> markOf(window).token().equals(token))
            .findFirst()
            .orElseThrow();
    return people.submits(who.ref().id(), open.id(), values);
  }

  private static FormMark markOf(OpenWindow window) {
    return FormMark.read(window.privateMetadata());
  }

  @Override
  public void repeatsLastPush() {
    push(last);
  }

  @Override
  public int pushStatus() {
    return answered.status();
  }

  /** Returns the body of the answer to the last push. */
  String pushAnswer() {
    return answered.body();
  }

  @Override
  public int forges() {
    if (socketLine.isPresent()) {
      return socketLine.get().forge(people.unheard("mallory", meetingPlace.id(), "hm")).status();
    }
    TestRequest genuine = anyMessage(clock.instant());
    String forged = Signed.signature(genuine.content(), clock.instant(), "not-the-secret");
    answered = call(Signed.request(Signed.JSON, genuine.content(), clock.instant(), forged));
    return answered.status();
  }

  @Override
  public OptionalInt pushesAged(Duration age) {
    if (socketLine.isPresent()) {
      return OptionalInt.empty();
    }
    answered = call(anyMessage(clock.instant().minus(age)));
    return OptionalInt.of(answered.status());
  }

  private TestRequest anyMessage(Instant signedAt) {
    return Signed.request(people.unheard("mallory", meetingPlace.id(), "let me in"), signedAt);
  }

  @Override
  public void settle() {
    people.settle();
  }

  @Override
  public Optional<ShownChannel> look(ChannelRef channel) {
    return sight
        .channel(channel.id())
        .map(
            c ->
                new ShownChannel(
                    c.name(),
                    c.topic(),
                    c.isPrivate(),
                    c.archived(),
                    c.members().stream().map(SlackChatWorld::user).toList(),
                    List.copyOf(c.bookmarks().keySet())));
  }

  private static UserRef user(String id) {
    return new UserRef("slack", id);
  }

  private static ShownMessage shown(Posted m) {
    return new ShownMessage(
        new MessageRef(new ChannelRef("slack", m.channel()), m.ts()),
        m.isFromBot() ? Optional.empty() : Optional.of(user(m.user())),
        m.words(),
        m.buttons().stream().map(Posted.Pressable::value).toList(),
        m.notified().stream().map(SlackChatWorld::user).toList(),
        m.thread(),
        m.reactions(),
        m.pinned());
  }

  @Override
  public List<ShownMessage> messages(ChannelRef channel) {
    return sight.messages(channel.id()).stream().map(SlackChatWorld::shown).toList();
  }

  @Override
  public List<ShownMessage> toldTo(Person who) {
    return sight.toldTo(who.ref().id()).stream().map(SlackChatWorld::shown).toList();
  }

  @Override
  public List<ShownForm> formsOpenFor(Person who) {
    return sight.windowsOf(who.ref().id()).stream()
        .map(
            w ->
                new ShownForm(
                    markOf(w).token(),
                    w.title(),
                    w.inputs().stream().map(id -> id.substring(2)).toList()))
        .toList();
  }

  /** Returns all that can be read in a person's windows. */
  String windows(Person who) {
    return sight.windowsOf(who.ref().id()).stream()
        .map(OpenWindow::words)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public boolean sees(Person who, ChannelRef channel) {
    ChannelNow now = sight.channel(channel.id()).orElseThrow();
    return !now.isPrivate() || now.members().contains(who.ref().id());
  }

  @Override
  public boolean isLegalName(String name) {
    return FakeSlack.isLegalName(name);
  }

  @Override
  public int longestText() {
    return 12_000;
  }

  @Override
  public boolean canSuffer(Fault fault) {
    return true;
  }

  @Override
  public void arm(Fault fault) {
    slack.armNextChange(
        switch (fault) {
          case FAILS_BEFORE -> FakeFault.FAILS_BEFORE;
          case LOSES_THE_REPLY -> FakeFault.LOSES_THE_REPLY;
          case RATE_LIMITED -> FakeFault.RATE_LIMITED;
          case CREDENTIALS_REFUSED -> FakeFault.CREDENTIALS_REFUSED;
        });
  }

  @Override
  public Duration rateLimit() {
    return FakeSlack.RATE_LIMIT;
  }

  @Override
  public List<String> secrets() {
    return List.of(FakeSlack.BOT_TOKEN, FakeSlack.APP_TOKEN, Signed.SECRET, "ticket=secret");
  }

  @Override
  public int calls() {
    return (int) slack.calls().stream().filter(c -> c.method().startsWith("chat.")).count();
  }

  @Override
  public void close() {
    people.hush();
    platform.close();
    runtime.close();
    socket.ifPresent(FakeSocket::close);
    slack.close();
  }
}
