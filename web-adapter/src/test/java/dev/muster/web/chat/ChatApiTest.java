// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import dev.muster.web.chat.ChatCaller.Answered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP interface of the built-in chat, as a program meets it. */
final class ChatApiTest {

  private static final String BOUNDARY = "----muster";

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir private Path folder;
  private TestRuntime runtime;
  private ChatPlatform platform;
  private ChatCaller api;

  @BeforeEach
  void startTheChat() {
    runtime = new TestRuntime(clock, memory, folder);
    platform =
        new WebChatPlatformFactory().create(new WebChatConfig(List.of("pages")), inbox, runtime);
    platform.start();
    api = new ChatCaller(runtime);
  }

  @AfterEach
  void stopTheChat() {
    platform.close();
    runtime.close();
  }

  private Answered say(String user, String channel, String text) {
    return api.send("POST", "messages", Map.of("user", user, "channel", channel, "text", text));
  }

  private List<JsonNode> read(String channel, String viewer) {
    List<JsonNode> items = new ArrayList<>();
    api.get("channels/" + channel + "/messages?as=" + viewer)
        .body()
        .path("items")
        .forEach(items::add);
    return items;
  }

  private ChannelRef open(String name, boolean isPrivate) {
    OnceKey key = OnceKey.first(name, clock.instant());
    return ((ChatOutcome.Done<OpenedChannel>)
            platform.openChannel(key, new ChannelSpec(name, "", isPrivate)))
        .value()
        .channel();
  }

  @Test
  void channels_atStart_areTheOnesThatAlwaysExist() {
    List<String> names = new ArrayList<>();
    api.get("channels?as=ada")
        .body()
        .path("items")
        .forEach(c -> names.add(c.path("name").asText()));

    assertEquals(List.of("alerts", "general", "incidents", "pages"), names);
  }

  @Test
  void message_plain_hasEveryFieldAndNullForTheAbsent() {
    say("ada", "general", "hello @li.");

    JsonNode message = read("general", "ada").get(0);
    for (String field : List.of("thread", "editedAt", "visibleTo", "inReplyTo", "card")) {
      assertTrue(message.has(field) && message.get(field).isNull(), field);
    }
    assertEquals("ada", message.path("author").asText());
    assertEquals("2026-11-20T12:00:00Z", message.path("at").asText());
    assertEquals("hello <@web:li>.", inbox.heard(MessagePosted.class).get(0).text());
  }

  @ParameterizedTest
  @CsvSource({
    "Ada,general,hi,400,bad_user",
    "muster,general,hi,400,bad_user",
    "ada,nowhere,hi,404,unknown_channel",
    "ada,general,'  ',400,empty_text"
  })
  void message_wrong_isRefusedWithASentence(
      String user, String channel, String text, int status, String code) {
    Answered answered = say(user, channel, text);

    assertEquals(status, answered.status());
    assertEquals(code, answered.body().path("error").asText());
    assertTrue(answered.body().path("message").asText().endsWith("."));
  }

  @Test
  void message_tooLong_isRefused() {
    assertEquals(202, say("ada", "general", "a".repeat(40_000)).status());
    assertEquals(400, say("ada", "general", "a".repeat(40_001)).status());
  }

  @Test
  void message_sameIdempotencyKey_isPostedOnce() {
    Map<String, String> key = Map.of("Idempotency-Key", "one");
    Map<String, String> body = Map.of("user", "ada", "channel", "general", "text", "once");
    Answered first = api.send("POST", "messages", body, key);

    Answered second = api.send("POST", "messages", body, key);
    Answered other =
        api.send("POST", "messages", Map.of("user", "ada", "channel", "general", "text", "x"), key);

    assertEquals(first.id(), second.id());
    assertEquals(422, other.status());
    assertEquals(1, read("general", "ada").size());
  }

  @Test
  void message_ofSomebodyElse_cannotBeChanged() {
    String id = say("ada", "general", "mine").id();

    assertEquals(
        403, api.send("PATCH", "messages/" + id, Map.of("user", "li", "text", "x")).status());
    assertEquals(403, api.send("DELETE", "messages/" + id, Map.of("user", "li")).status());
    assertEquals("mine", read("general", "ada").get(0).path("text").asText());
  }

  @Test
  void message_deleted_keepsItsPlaceWithoutWords() {
    String id = say("ada", "general", "secret").id();

    api.send("DELETE", "messages/" + id, Map.of("user", "ada"));

    JsonNode message = read("general", "ada").get(0);
    assertTrue(message.path("deleted").asBoolean());
    assertEquals("", message.path("text").asText());
    assertEquals(
        409, api.send("PATCH", "messages/" + id, Map.of("user", "ada", "text", "x")).status());
  }

  @Test
  void pages_byAfter_giveEveryMessageOnce() {
    for (int i = 0; i < 5; i++) {
      say("ada", "general", "n" + i);
    }

    JsonNode first = api.get("channels/general/messages?as=ada&limit=3").body();
    String next = first.path("next").asText();
    JsonNode rest = api.get("channels/general/messages?as=ada&limit=3&after=" + next).body();

    assertEquals("n2", first.path("items").get(2).path("text").asText());
    assertEquals("n3", rest.path("items").get(0).path("text").asText());
    assertEquals(2, rest.path("items").size());
    assertTrue(rest.path("next").isNull());
    assertEquals(400, api.get("channels/general/messages?limit=-1").status());
    assertEquals(400, api.get("channels/general/messages?after=x").status());
  }

  @Test
  void pages_byBefore_giveTheNewestInReadingOrder() {
    for (int i = 0; i < 5; i++) {
      say("ada", "general", "n" + i);
    }

    JsonNode newest = api.get("channels/general/messages?as=ada&limit=2&before=").body();
    String previous = newest.path("previous").asText();
    JsonNode older = api.get("channels/general/messages?as=ada&limit=5&before=" + previous).body();

    assertEquals("n3", newest.path("items").get(0).path("text").asText());
    assertEquals("n0", older.path("items").get(0).path("text").asText());
    assertTrue(older.path("previous").isNull());
  }

  @Test
  void command_typed_isSeenByItsAuthorAlone() {
    say("ada", "general", "/incident help");

    assertEquals(1, read("general", "ada").size());
    assertEquals(0, read("general", "li").size());
    assertEquals(0, inbox.heard(MessagePosted.class).size());
  }

  @Test
  void privateChannel_forAStranger_isNotThere() {
    ChannelRef channel = open("inc-7-secret", true);
    platform.invite(channel, List.of(Channels.person("ada").ref()));

    assertEquals(202, say("ada", "inc-7-secret", "inside").status());
    assertEquals(404, say("mallory", "inc-7-secret", "outside").status());
    assertEquals(404, api.get("channels/inc-7-secret/messages?as=mallory").status());
    assertEquals(404, api.get("channels/inc-7-secret/messages").status());
    String id = read("inc-7-secret", "ada").get(0).path("id").asText();
    assertEquals(
        404,
        api.send("POST", "messages/" + id + "/reactions", Map.of("user", "mallory", "name", "eyes"))
            .status());
  }

  @Test
  void archivedChannel_takesNoMessage() {
    platform.archive(open("inc-8-done", false));

    assertEquals(409, say("ada", "inc-8-done", "late").status());
  }

  @Test
  void press_unknownToken_isHandedOver() {
    Answered answered = api.send("POST", "presses", Map.of("user", "ada", "token", "forged"));

    assertEquals(202, answered.status());
    assertFalse(answered.id().isEmpty());
    assertEquals("forged", inbox.heard(ButtonPressed.class).get(0).token());
  }

  @Test
  void card_onTheWire_hasItsButtonsByAction() {
    BotMessage card =
        BotMessage.card("Take it.", "INC-1").withButtons(List.of(Button.of("Join", "join", "t1")));
    platform.post(
        OnceKey.first("k", clock.instant()), open("inc-1-x", false), Optional.empty(), card);

    JsonNode button = read("inc-1-x", "ada").get(0).path("card").path("buttons").get(0);
    assertEquals("join", button.path("action").asText());
    assertEquals("t1", button.path("token").asText());
    assertEquals("plain", button.path("style").asText());
  }

  @Test
  void file_uploaded_isShownAndFetchedByThoseWhoMaySeeIt() throws IOException {
    byte[] content = "line\r\n--not the boundary\r\n".getBytes(StandardCharsets.UTF_8);
    Answered answered = upload("../../etc/notes.txt", content);

    JsonNode file = read("general", "ada").get(0).path("files").get(0);
    RouteAnswer fetched =
        runtime.call(
            TestRequest.of("GET", file.path("url").asText() + "?as=ada", Map.of(), new byte[0]));

    assertEquals(202, answered.status());
    assertEquals("notes.txt", file.path("name").asText());
    RouteAnswer.Streamed streamed = (RouteAnswer.Streamed) fetched;
    assertEquals(new String(content), new String(streamed.source().get().readAllBytes()));
    assertTrue(streamed.headers().get("Content-Disposition").startsWith("attachment"));
    assertEquals("notes.txt", inbox.heard(MessagePosted.class).get(0).files().get(0).name());
  }

  @Test
  void file_tooLarge_isRefusedAndLeavesNothing() throws IOException {
    Answered answered = upload("big.bin", new byte[25 * 1024 * 1024 + 1]);

    assertEquals(413, answered.status());
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void file_forUnknownChannel_leavesNothing() throws IOException {
    assertEquals(404, upload("nowhere", "a.txt", new byte[10]).status());
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  private Answered upload(String name, byte[] content) {
    return upload("general", name, content);
  }

  private Answered upload(String channel, String name, byte[] content) {
    String head =
        part("user", "ada")
            + part("channel", channel)
            + "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: text/plain\r\n\r\n";
    byte[] before = head.getBytes(StandardCharsets.UTF_8);
    byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[before.length + content.length + end.length];
    System.arraycopy(before, 0, body, 0, before.length);
    System.arraycopy(content, 0, body, before.length, content.length);
    System.arraycopy(end, 0, body, before.length + content.length, end.length);
    return api.send(
        TestRequest.of(
            "POST",
            "/api/v1/chat/files",
            Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
            body));
  }

  private static String part(String name, String value) {
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  @Test
  void stream_listener_hearsWhatTheyMaySee() throws InterruptedException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    RouteAnswer answer =
        runtime.call(TestRequest.of("GET", "/api/v1/chat/stream?as=li", Map.of(), new byte[0]));
    ((RouteAnswer.Events) answer).begin().accept(new Sink(heard));

    say("ada", "general", "/incident help");
    say("ada", "general", "hello");

    assertEquals("hello", heard.poll(60, TimeUnit.SECONDS).split(" ")[0]);
    assertTrue(heard.poll(60, TimeUnit.SECONDS).contains("\"text\":\"hello\""));
  }

  private record Sink(BlockingQueue<String> heard) implements RouteAnswer.EventSink {
    @Override
    public boolean send(String event, String data, String id) {
      return heard.add(event + " " + data);
    }

    @Override
    public void onClose(Runnable whenGone) {
      // The test never goes.
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  @Test
  void restart_ofTheChat_keepsMessagesAndNeverRepeatsAnId() {
    String before = say("ada", "general", "before").id();
    platform.close();
    runtime.close();
    startTheChat();

    String after = say("ada", "general", "after").id();

    assertNotEquals(before, after);
    assertTrue(after.compareTo(before) > 0);
    assertEquals(2, read("general", "ada").size());
  }
}
