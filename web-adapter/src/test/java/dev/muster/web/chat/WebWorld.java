// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
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
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** People who use the built-in chat through its HTTP interface and read what it answers. */
final class WebWorld implements ChatWorld {

  private final TestRuntime runtime;
  private final KeyedMemory memory;
  private final ChatPlatform platform;
  private final ChatCaller caller;
  private TestRequest last = TestRequest.of("GET", "/", Map.of(), new byte[0]);
  private int status;
  private int sent;

  WebWorld(KeyedMemory memory, RecordingInbox inbox, ManualClock clock, Path files) {
    this.memory = memory;
    this.runtime = new TestRuntime(clock, memory, files);
    this.platform =
        new WebChatPlatformFactory().create(new WebChatConfig(List.of("alerts")), inbox, runtime);
    this.caller = new ChatCaller(runtime);
  }

  private JsonNode push(String method, String target, Map<String, ?> body) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", "push-" + ++sent);
    last = TestRequest.of(method, "/api/v1/chat/" + target, headers, ChatCaller.bytes(body));
    return pushLast();
  }

  private JsonNode pushLast() {
    ChatCaller.Answered answered = caller.send(last);
    status = answered.status();
    return answered.body();
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
        new ChannelRef("web", "general"), "general", "http://localhost:8080/chat#/general");
  }

  @Override
  public Person person(String name) {
    return new Person(new UserRef("web", name), name);
  }

  @Override
  public UserRef nobody() {
    return new UserRef("web", "No Such Name");
  }

  @Override
  public String mentionOf(Person who) {
    return "@" + who.ref().id();
  }

  @Override
  public MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text) {
    Map<String, String> body = new TreeMap<>();
    body.put("user", who.ref().id());
    body.put("channel", where.id());
    body.put("text", text);
    thread.ifPresent(root -> body.put("thread", root));
    return new MessageRef(where, push("POST", "messages", body).path("id").asText("none"));
  }

  @Override
  public void commands(Person who, ChannelRef where, String text) {
    types(who, where, Optional.empty(), "/incident " + text);
  }

  @Override
  public void commandsInThread(Person who, ChannelRef where, String root, String text) {
    types(who, where, Optional.of(root), "/incident " + text);
  }

  @Override
  public void edits(Person who, MessageRef message, String text) {
    push("PATCH", "messages/" + message.id(), Map.of("user", who.ref().id(), "text", text));
  }

  @Override
  public void deletes(Person who, MessageRef message) {
    push("DELETE", "messages/" + message.id(), Map.of("user", who.ref().id()));
  }

  @Override
  public void reacts(Person who, MessageRef message, String name) {
    String path = "messages/" + message.id() + "/reactions";
    push("POST", path, Map.of("user", who.ref().id(), "name", name));
  }

  @Override
  public void takesBack(Person who, MessageRef message, String name) {
    String path = "messages/" + message.id() + "/reactions";
    push("DELETE", path, Map.of("user", who.ref().id(), "name", name));
  }

  @Override
  public void presses(Person who, MessageRef message, String token) {
    push("POST", "presses", Map.of("user", who.ref().id(), "token", token));
  }

  @Override
  public Map<String, String> submits(Person who, String token, Map<String, String> values) {
    Map<String, Object> body = Map.of("user", who.ref().id(), "token", token, "values", values);
    Map<String, String> errors = new TreeMap<>();
    push("POST", "forms", body)
        .path("fields")
        .properties()
        .forEach(field -> errors.put(field.getKey(), field.getValue().asText()));
    return errors;
  }

  @Override
  public void repeatsLastPush() {
    pushLast();
  }

  @Override
  public int pushStatus() {
    return status;
  }

  @Override
  public int forges() {
    Map<String, String> form = Map.of("Content-Type", "text/plain");
    Map<String, String> body = Map.of("user", "ada", "channel", "general", "text", "forged");
    return caller.send("POST", "messages", body, form).status();
  }

  @Override
  public OptionalInt pushesAged(Duration age) {
    return OptionalInt.empty();
  }

  @Override
  public void settle() {
    // Everything is delivered before the call returns.
  }

  @Override
  public Optional<ShownChannel> look(ChannelRef channel) {
    return channelsFor("mallory").stream()
        .filter(c -> is(c, channel))
        .findFirst()
        .or(() -> channelsFor("ada").stream().filter(c -> is(c, channel)).findFirst())
        .map(WebWorld::shownChannel);
  }

  /** Over the wire a channel is known by its name now, and is found by every name it had. */
  private boolean is(JsonNode channel, ChannelRef ref) {
    String name =
        platform
            .findChannel(ref.id())
            .match(found -> found.name(), later -> "", refused -> "", unknown -> "");
    return channel.path("id").asText().equals(name);
  }

  private List<JsonNode> channelsFor(String viewer) {
    return items(caller.get("channels?as=" + viewer).body());
  }

  private static ShownChannel shownChannel(JsonNode channel) {
    return new ShownChannel(
        channel.path("name").asText(),
        channel.path("topic").asText(),
        channel.path("private").asBoolean(),
        channel.path("archived").asBoolean(),
        texts(channel.path("members")).stream().map(n -> new UserRef("web", n)).toList(),
        items(channel, "bookmarks").stream().map(b -> b.path("url").asText()).toList());
  }

  private static List<JsonNode> items(JsonNode body) {
    return items(body, "items");
  }

  private static List<JsonNode> items(JsonNode body, String name) {
    List<JsonNode> items = new ArrayList<>();
    body.path(name).forEach(items::add);
    return items;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Override
  public List<ShownMessage> messages(ChannelRef channel) {
    return read(channel.id(), "mallory", m -> m.path("visibleTo").isNull());
  }

  @Override
  public List<ShownMessage> toldTo(Person who) {
    String name = who.ref().id();
    return read("general", name, m -> m.path("bot").asBoolean() && isOnlyFor(m, name));
  }

  private static boolean isOnlyFor(JsonNode message, String name) {
    return message.path("visibleTo").asText().equals(name) && !message.path("deleted").asBoolean();
  }

  private List<ShownMessage> read(String channel, String viewer, Predicate<JsonNode> wanted) {
    return raw(channel, viewer).stream()
        .filter(wanted)
        .filter(m -> !m.path("deleted").asBoolean())
        .map(WebWorld::shown)
        .toList();
  }

  private List<JsonNode> raw(String channel, String viewer) {
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    JsonNode body;
    do {
      body =
          caller.get("channels/" + channel + "/messages?as=" + viewer + "&after=" + after).body();
      all.addAll(items(body));
      after = body.path("next").asText();
    } while (!body.path("next").isNull());
    return all;
  }

  private static ShownMessage shown(JsonNode message) {
    List<String> words = new ArrayList<>(List.of(message.path("text").asText()));
    JsonNode card = message.path("card");
    if (!card.isNull()) {
      words.add(card.path("title").asText());
      card.path("facts")
          .forEach(f -> words.add(f.path("name").asText() + f.path("value").asText()));
      card.path("sections")
          .forEach(s -> words.add(s.path("heading").asText() + " " + s.path("text").asText()));
    }
    message.path("files").forEach(f -> words.add(f.path("name").asText()));
    String author = message.path("author").asText();
    return new ShownMessage(
        BotMessages.ref(message.path("channel").asText(), message.path("id").asText()),
        message.path("bot").asBoolean()
            ? Optional.empty()
            : Optional.of(new UserRef("web", author)),
        String.join("\n", words),
        items(card, "buttons").stream().map(b -> b.path("token").asText()).toList(),
        texts(message.path("mentions")).stream().map(n -> new UserRef("web", n)).toList(),
        Optional.ofNullable(message.path("thread").textValue()),
        items(message, "reactions").stream().map(r -> r.path("name").asText()).toList(),
        message.path("pinned").asBoolean());
  }

  @Override
  public List<ShownForm> formsOpenFor(Person who) {
    String name = who.ref().id();
    return raw("general", name).stream()
        .filter(m -> isOnlyFor(m, name))
        .map(m -> m.path("card").path("form"))
        .filter(JsonNode::isObject)
        .map(
            f ->
                new ShownForm(
                    f.path("token").asText(),
                    f.path("title").asText(),
                    items(f, "fields").stream().map(x -> x.path("name").asText()).toList()))
        .toList();
  }

  @Override
  public boolean sees(Person who, ChannelRef channel) {
    String name = who.ref().id();
    int read = caller.get("channels/" + channel.id() + "/messages?as=" + name).status();
    boolean listed = channelsFor(name).stream().anyMatch(c -> is(c, channel));
    if (listed != (read == 200)) {
      throw new AssertionError("the list of channels and the channel disagree: " + read);
    }
    return listed;
  }

  @Override
  public boolean isLegalName(String name) {
    return name.matches("[a-z0-9_-]{1,80}");
  }

  @Override
  public int longestText() {
    return 40_000;
  }

  @Override
  public boolean canSuffer(Fault fault) {
    return fault == Fault.FAILS_BEFORE || fault == Fault.LOSES_THE_REPLY;
  }

  @Override
  public void arm(Fault fault) {
    if (fault == Fault.FAILS_BEFORE) {
      memory.failBeforeNextWrite();
    } else {
      memory.failAfterNextWrite();
    }
  }

  @Override
  public Duration rateLimit() {
    return Duration.ZERO;
  }

  @Override
  public List<String> secrets() {
    return List.of();
  }

  @Override
  public int calls() {
    return memory.scan("", "", 1).size();
  }

  @Override
  public void close() {
    platform.close();
    runtime.close();
  }
}
