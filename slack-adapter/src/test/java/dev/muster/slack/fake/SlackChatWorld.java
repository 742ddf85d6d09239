// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.slack.render.Limits;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** People in the stand-in's workspace, and the real adapter talking to it. */
public final class SlackChatWorld implements ChatWorld {

  private final FakeSlack slack;
  private final Workspace workspace;
  private final WorkspaceView view;
  private final Payloads payloads;
  private final ChatPlatform platform;
  private final TestRuntime runtime;
  private final ManualClock clock;
  private final FakeChannel meetingPlace;
  private TestRequest last;
  private int status;
  private String answer = "";

  /** Creates the world around an adapter that was created over {@code slack}. */
  public SlackChatWorld(
      FakeSlack slack, ChatPlatform platform, TestRuntime runtime, ManualClock clock) {
    this.slack = slack;
    this.workspace = slack.workspace;
    this.view = new WorkspaceView(workspace);
    this.payloads = new Payloads(workspace, slack.base());
    this.platform = platform;
    this.runtime = runtime;
    this.clock = clock;
    String stranger = workspace.userNamed("stranger");
    meetingPlace = workspace.newChannel("checkout-team", stranger, FakeChannel.Kind.PUBLIC);
    meetingPlace.members.add(Workspace.BOT_USER);
    slack.listen(echo -> send(payloads.event(payloads.message(echo.channel(), echo.message()))));
  }

  private <T> T alone(Supplier<T> work) {
    synchronized (workspace) {
      return work.get();
    }
  }

  /** Pushes without a person behind it. */
  private RouteAnswer send(String event) {
    return runtime.call(Signed.request(Signed.JSON, event, clock.instant()));
  }

  private void push(String type, String body) {
    push(Signed.request(type, body, clock.instant()));
  }

  private void push(TestRequest request) {
    last = request;
    RouteAnswer got = runtime.call(request);
    status = TestRequest.status(got);
    answer =
        got instanceof RouteAnswer.Bytes bytes
            ? new String(bytes.body(), StandardCharsets.UTF_8)
            : "";
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
        ref(meetingPlace), meetingPlace.name, "https://acme.slack.com/archives/" + meetingPlace.id);
  }

  private static ChannelRef ref(FakeChannel channel) {
    return new ChannelRef("slack", channel.id);
  }

  @Override
  public Person person(String name) {
    String id = alone(() -> workspace.userNamed(name));
    alone(() -> meetingPlace.members.add(id));
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

  private FakeChannel channel(ChannelRef ref) {
    return workspace.channels.get(ref.id());
  }

  @Override
  public MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text) {
    FakeChannel channel = channel(where);
    ObjectNode message =
        alone(() -> workspace.newMessage(channel, who.ref().id(), payloads.typed(text), thread));
    push(Signed.JSON, payloads.event(payloads.message(channel, message)));
    return new MessageRef(where, message.path("ts").asText());
  }

  @Override
  public void commands(Person who, ChannelRef where, String text) {
    push(
        Signed.FORM,
        alone(() -> payloads.command(who.ref().id(), channel(where), payloads.typed(text))));
  }

  @Override
  public void edits(Person who, MessageRef message, String text) {
    FakeChannel channel = channel(message.channel());
    String event =
        alone(
            () -> {
              ObjectNode now = channel.message(message.id()).orElseThrow();
              ObjectNode before = now.deepCopy();
              now.put("text", payloads.typed(text));
              now.putObject("edited").put("user", who.ref().id()).put("ts", workspace.nextTs());
              return payloads.event(payloads.changed(channel, now, before));
            });
    push(Signed.JSON, event);
  }

  @Override
  public void deletes(Person who, MessageRef message) {
    FakeChannel channel = channel(message.channel());
    String event =
        alone(
            () -> {
              ObjectNode before = channel.message(message.id()).orElseThrow();
              channel.messages.remove(before);
              return payloads.event(payloads.deleted(channel, before));
            });
    push(Signed.JSON, event);
  }

  @Override
  public void reacts(Person who, MessageRef message, String name) {
    reaction("reaction_added", who, message, name);
  }

  @Override
  public void takesBack(Person who, MessageRef message, String name) {
    reaction("reaction_removed", who, message, name);
  }

  private void reaction(String type, Person who, MessageRef message, String name) {
    push(
        Signed.JSON,
        payloads.event(
            payloads.reaction(type, who.ref().id(), message.channel().id(), message.id(), name)));
  }

  @Override
  public void presses(Person who, MessageRef message, String token) {
    FakeChannel channel = channel(message.channel());
    ObjectNode shown = alone(() -> channel.message(message.id()).orElseThrow());
    for (JsonNode block : shown.path("blocks")) {
      for (JsonNode button : block.path("elements")) {
        if (button.path("value").asText().equals(token)) {
          push(Signed.FORM, Payloads.form(payloads.press(who.ref().id(), channel, shown, button)));
          return;
        }
      }
    }
    throw new AssertionError("no button with that token");
  }

  @Override
  public Map<String, String> submits(Person who, String token, Map<String, String> values) {
    ObjectNode open = alone(() -> view.form(who.ref().id(), token));
    push(Signed.FORM, Payloads.form(payloads.submission(who.ref().id(), open, values)));
    return after(open);
  }

  /** An empty answer closes the window; errors stand beside inputs; update replaces it. */
  private Map<String, String> after(ObjectNode open) {
    String id = open.path("id").asText();
    if (answer.isEmpty()) {
      alone(() -> workspace.views.remove(id));
      return Map.of();
    }
    JsonNode json = Call.parse(answer);
    Map<String, String> errors = new LinkedHashMap<>();
    if (json.path("response_action").asText().equals("errors")) {
      Set<String> inputs = Set.copyOf(open.path("blocks").findValuesAsText("block_id"));
      json.path("errors")
          .properties()
          .forEach(
              error -> {
                SlackError.when(!inputs.contains(error.getKey()), "unknown block");
                errors.put(error.getKey().substring(2), error.getValue().asText());
              });
    } else {
      ObjectNode update = OtherMethods.checked(json.path("view"), "modal");
      alone(() -> workspace.views.put(id, update.put("id", id)));
    }
    return errors;
  }

  @Override
  public void repeatsLastPush() {
    push(last);
  }

  @Override
  public int pushStatus() {
    return status;
  }

  /** Returns the body of the answer to the last push. */
  public String pushAnswer() {
    return answer;
  }

  @Override
  public int forges() {
    byte[] body = anyMessage().getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    push(Signed.request(Signed.JSON, body, now, Signed.signature(body, now, "not-the-secret")));
    return status;
  }

  @Override
  public OptionalInt pushesAged(Duration age) {
    push(Signed.request(Signed.JSON, anyMessage(), clock.instant().minus(age)));
    return OptionalInt.of(status);
  }

  private String anyMessage() {
    return alone(
        () -> {
          String user = workspace.userNamed("mallory");
          ObjectNode message =
              Call.object().put("type", "message").put("user", user).put("text", "let me in");
          message.put("ts", workspace.nextTs());
          return payloads.event(payloads.message(meetingPlace, message));
        });
  }

  @Override
  public void settle() {
    slack.settle();
  }

  @Override
  public Optional<ShownChannel> look(ChannelRef channel) {
    return alone(() -> view.look(channel.id()));
  }

  @Override
  public List<ShownMessage> messages(ChannelRef channel) {
    return alone(() -> view.messages(channel.id()));
  }

  @Override
  public List<ShownMessage> toldTo(Person who) {
    return alone(() -> view.toldTo(who.ref().id()));
  }

  @Override
  public List<ShownForm> formsOpenFor(Person who) {
    return alone(() -> view.formsOpenFor(who.ref().id()));
  }

  @Override
  public boolean sees(Person who, ChannelRef channel) {
    return alone(
        () -> !channel(channel).isPrivate || channel(channel).members.contains(who.ref().id()));
  }

  @Override
  public boolean isLegalName(String name) {
    return ConversationMethods.isLegal(name);
  }

  @Override
  public int longestText() {
    return Limits.TEXT;
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
    return List.of(FakeSlack.BOT_TOKEN, Signed.SECRET);
  }

  @Override
  public int calls() {
    return slack.calls().size();
  }

  @Override
  public void close() {
    platform.close();
    runtime.close();
    slack.close();
  }
}
