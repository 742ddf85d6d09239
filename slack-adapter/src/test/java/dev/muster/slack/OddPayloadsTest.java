// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payloads that are from Slack and yet unlike any that was ever seen: each value of each kind of
 * push is replaced by each of another nature. Nothing may break, and nothing may be tried for ever.
 */
class OddPayloadsTest {

  private static final long SEED = 20_261_121;

  /** There are eight thousand combinations; each run takes the same ones of them. */
  private static final int THROUGH_THE_ENGINE = 300;

  private static final int THROUGH_THE_ADAPTER = 2_500;
  private static final int TOGETHER = 50;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<JsonNode> ODD =
      List.of(
          NODES.nullNode(),
          NODES.textNode(""),
          NODES.textNode("\ud83d"),
          NODES.textNode("99999999999.999999"),
          NODES.textNode("-1"),
          NODES.textNode("x".repeat(5_000)),
          NODES.numberNode(-1),
          NODES.numberNode(Long.MAX_VALUE),
          NODES.numberNode(Double.MAX_VALUE),
          NODES.booleanNode(true),
          NODES.arrayNode(),
          NODES.arrayNode().addNull(),
          NODES.objectNode());

  @TempDir Path folder;
  private WholeSlack bot;
  private final List<Push> seen = new ArrayList<>();

  @BeforeEach
  void open() {
    bot = new WholeSlack(folder);
    bot.onItsWay(
        push -> {
          seen.add(new Push(push.kind(), push.payload().deepCopy(), 0, ""));
          return push;
        });
  }

  @AfterEach
  void close() {
    bot.close();
  }

  /** One of each kind of push, as they come in the life of an incident. */
  private void live() {
    String room = bot.declared("ada", "checkout is down");
    SlackOffice office = new SlackOffice(bot.slack(), bot.people());
    String first = bot.people().types("ada", room, "it is the database");
    bot.people().replies("li", room, first, "which one?");
    bot.people().edits("ada", room, first, "it is the big database");
    bot.people().reacts("li", room, first, "pushpin");
    bot.people().takesBack("li", room, first, "pushpin");
    bot.people().pins("li", room, first, true);
    bot.mentions("ada", room, "status");
    bot.presses("ada", room, "Change severity");
    bot.people().submits("ada", Map.of("severity", "SEV2", "reason", "it grows"));
    bot.people().chooses("ada", "inc_declare_global");
    bot.people().choosesOn("ada", room, first, "inc_timeline_add");
    bot.people().opensHome("ada");
    bot.people().sharesLink("ada", room, "http://localhost:8080/incidents/INC-1");
    bot.people().postsAs("Grafana", room, "all is well", "[{\"title\":\"t\",\"text\":\"x\"}]");
    bot.people().joins("eve", room);
    bot.people().leaves("eve", room);
    bot.people().writesToBot("ada", "help");
    office.renames("ada", room, "war-room");
    office.deactivates("eve");
    bot.people().deletes(room, first);
    bot.engine().settle();
  }

  /** The places in a payload whose values can be replaced. */
  private static List<String> places(JsonNode node, String at) {
    List<String> found = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(n -> found.add(at + "/" + n));
      object.properties().forEach(e -> found.addAll(places(e.getValue(), at + "/" + e.getKey())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        found.add(at + "/" + i);
        found.addAll(places(array.get(i), at + "/" + i));
      }
    }
    return found;
  }

  private static Push replaced(Push push, String place, JsonNode odd, int number) {
    ObjectNode payload = push.payload().deepCopy();
    asNew(payload, number);
    int slash = place.lastIndexOf('/');
    JsonNode parent = payload.at(place.substring(0, slash));
    String last = place.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), odd);
    } else {
      ((ObjectNode) parent).set(last, odd);
    }
    return new Push(push.kind(), payload, 0, "");
  }

  /** Gives a push an identity of its own, or it would be taken for a repetition. */
  private static void asNew(ObjectNode payload, int number) {
    if (payload.has("event_id")) {
      payload.put("event_id", "EvOdd" + number);
      if (payload.path("event").has("ts")) {
        ((ObjectNode) payload.path("event")).put("ts", "1795190138." + (100_000 + number));
      }
    } else {
      payload.put("trigger_id", "9.9." + number);
    }
  }

  private static String cut(JsonNode odd) {
    String text = odd.toString();
    return text.substring(0, Math.min(30, text.length()));
  }

  /** One value of one push, and what stands there instead. */
  private record Trial(Push push, String place, JsonNode odd) {

    Push made(int number) {
      return replaced(push, place, odd, number);
    }

    @Override
    public String toString() {
      return push + " with " + cut(odd) + " at " + place;
    }
  }

  private List<Trial> trials() {
    List<Trial> all = new ArrayList<>();
    for (Push push : List.copyOf(seen)) {
      for (String place : places(push.payload(), "")) {
        ODD.forEach(odd -> all.add(new Trial(push, place, odd)));
      }
    }
    return all;
  }

  @Test
  void payload_withAnyValueOfAnotherNature_isTakenOrRefused() {
    live();
    List<Trial> trials = trials();
    Collections.shuffle(trials, new Random(SEED));
    RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
    try (TestRuntime runtime = new TestRuntime(bot.clock(), new KeyedMemory(), folder)) {
      ChatPlatform adapter =
          new SlackPlatformFactory().create(Worlds.settings(bot.slack().apiUrl()), inbox, runtime);
      for (int i = 0; i < THROUGH_THE_ADAPTER; i++) {
        Push odd = trials.get(i).made(i);
        int status =
            status(
                trials.get(i),
                () -> TestRequest.status(runtime.call(Signed.request(odd, bot.clock().instant()))));
        assertTrue(status == 200 || status == 400, () -> odd + " gave " + status);
      }
      adapter.close();
    }
    assertTrue(inbox.deliveries().size() > THROUGH_THE_ADAPTER / 3, "hardly anything was heard");
  }

  private static int status(Trial trial, IntSupplier call) {
    try {
      return call.getAsInt();
    } catch (RuntimeException e) {
      throw new AssertionError(trial.toString(), e);
    }
  }

  @Test
  void payload_takenWithAValueOfAnotherNature_breaksNoHandling() {
    live();
    List<Trial> trials = trials();
    Random random = new Random(SEED);
    for (int i = 1; i <= THROUGH_THE_ENGINE; i++) {
      bot.sends(trials.get(random.nextInt(trials.size())).made(i));
      if (i % TOGETHER == 0) {
        bot.engine().settle();
      }
    }
    assertEquals(0, bot.engine().telemetry().counted("muster_deliveries_failed_total"));
    // Of the people before, some are strangers now by what the payloads said of their workspace.
    int before = bot.engine().incidents();
    bot.runs("zoe", WholeSlack.TEAM, "declare! the next one");
    assertEquals(before + 1, bot.engine().incidents(), bot.told("zoe"));
  }
}
