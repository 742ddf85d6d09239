// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.slack.client.FormVerbs;
import dev.muster.testkit.Foreign;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import dev.muster.testkit.Substitution;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every message, form and home page of the product, as the engine made it in a {@link Rehearsal},
 * rendered with the worst words in every place that takes words from outside, against Slack's
 * limits and against anybody being called who was not meant.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlockKitLimitsTest {

  private static final Gson GSON = GsonFactory.createSnakeCase();

  /** One for every kind of bad input; each is put in the place of all words from outside. */
  private static final Map<String, String> WORST =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("40,000 characters", "payments fail ".repeat(2_858)),
              Map.entry("40,000 without a space", "x".repeat(40_000)),
              Map.entry(
                  "every markup character", "*a* _b_ ~c~ `d` ```e``` > & < | :fire: # [x](y)"),
              Map.entry("only markup", "&<>*_~`|".repeat(5_000)),
              Map.entry("emoji", "👩‍👩‍👧‍👦🔥🏳️‍🌈".repeat(2_000)),
              Map.entry("calls", "<!channel> <!here> <!everyone> <!subteam^S1> <@U1> @everyone"),
              Map.entry("full-width calls", "＜!channel＞ ﹤!here﹥ ＜@U1＞"),
              Map.entry("right to left", "\u202Eabc \u2067def\u2069 שלום مرحبا \u200F"),
              Map.entry("zero-width", "\u200B\u200C\u200D\uFEFF\u2060a\u200Bb"),
              Map.entry("lone surrogates", "\uD83D a \uDC00\uD800"),
              Map.entry("controls", "\u0000\u0001\u001B[31m\u0085\u2028\r\n\ta"),
              Map.entry("script", "javascript:alert(1)"),
              Map.entry("file", "file:///etc/passwd"),
              Map.entry("keys of a cloud", "http://169.254.169.254/latest/meta-data/"),
              Map.entry(
                  "templates", "{{7*7}} ${jndi:ldap://x} <script>alert(1)</script> =cmd|' /C"),
              Map.entry("combining", "a" + "\u0301".repeat(9_000)),
              Map.entry("lines", "\n".repeat(3_000) + "a"),
              Map.entry("nothing", "")));

  @TempDir private static Path folder;
  private List<Said> typical;
  private List<Said> kinds;

  @BeforeAll
  void rehearse() {
    typical = Rehearsal.typical("slack", folder.resolve("a"));
    Map<String, Said> distinct = new LinkedHashMap<>();
    for (Said said : Rehearsal.marked("slack", folder.resolve("b"))) {
      distinct.put(said.kind(), said);
    }
    kinds = distinct.values().stream().filter(BlockKitLimitsTest::hasWordsFromOutside).toList();
  }

  private static boolean hasWordsFromOutside(Said said) {
    String all = said.toString();
    for (Foreign place : Foreign.values()) {
      if (all.contains(place.mark())) {
        return true;
      }
    }
    return false;
  }

  /** What Slack gets: the text, and blocks or a view. */
  private record Sent(String text, JsonElement json, List<String> problems) {}

  private static Sent sent(Said said, Substitution words) {
    return said.form().isPresent() ? form(words.in(said.form().get())) : message(said, words);
  }

  private static Sent form(Form form) {
    JsonObject view = GSON.toJsonTree(FormVerbs.render(form, "C1")).getAsJsonObject();
    return new Sent("", view, BlockKit.ofView(view));
  }

  private static Sent message(Said said, Substitution words) {
    BotMessage message = words.in(said.message());
    if (said.way() == Said.Way.HOME) {
      JsonObject view = GSON.toJsonTree(FormVerbs.home(message)).getAsJsonObject();
      return new Sent("", view, BlockKit.ofView(view));
    }
    if (said.way() == Said.Way.NOTICE) {
      JsonObject view =
          GSON.toJsonTree(FormRenderer.notice("A title", message.text())).getAsJsonObject();
      return new Sent("", view, BlockKit.ofView(view));
    }
    Rendered rendered = MessageRenderer.render(message);
    JsonArray blocks = GSON.toJsonTree(rendered.blocks()).getAsJsonArray();
    return new Sent(rendered.text(), blocks, BlockKit.ofMessage(rendered.text(), blocks));
  }

  /**
   * Counts everything that does something: who is called, where links lead, what can be pressed.
   */
  private static Map<String, Integer> deeds(Sent sent) {
    Map<String, Integer> deeds = new TreeMap<>();
    count(sent.json(), deeds);
    return deeds;
  }

  private static void count(JsonElement node, Map<String, Integer> deeds) {
    if (node.isJsonArray()) {
      node.getAsJsonArray().forEach(each -> count(each, deeds));
    } else if (node.isJsonObject()) {
      JsonElement type = node.getAsJsonObject().get("type");
      String name = type == null ? "" : type.getAsString();
      if (List.of("user", "usergroup", "broadcast", "button", "input").contains(name)) {
        deeds.merge(name, 1, Integer::sum);
      }
      if (name.equals("mrkdwn")) {
        String text = node.getAsJsonObject().get("text").getAsString();
        deeds.merge("calls", text.split("<[@!#](?!date)", -1).length - 1, Integer::sum);
      }
      node.getAsJsonObject().entrySet().forEach(each -> count(each.getValue(), deeds));
    }
    deeds.remove("calls", 0);
  }

  private void tryEverywhere(String what, String words) {
    Substitution worst = Substitution.ofMarks(words);
    for (Said said : kinds) {
      Sent sent = sent(said, worst);
      assertEquals(
          List.of(), sent.problems(), () -> what + " in " + said.scene() + ": " + said.kind());
      assertEquals(
          deeds(sent(said, Substitution.ofMarks("word"))),
          deeds(sent),
          () -> what + " does something in " + said.scene() + ": " + said.kind());
    }
  }

  @Test
  void rehearsal_saysManyDifferentThings() {
    assertTrue(kinds.size() >= 60, () -> kinds.size() + " kinds");
  }

  @Test
  void everything_asPeopleWrite_isWithinTheLimits_andEasyToPress() {
    Substitution same = new Substitution(words -> words);
    for (Said said : typical) {
      Sent sent = sent(said, same);
      assertEquals(List.of(), sent.problems(), said::kind);
      said.message()
          .buttons()
          .forEach(b -> assertTrue(b.label().length() <= 30, () -> "long label: " + b.label()));
      assertEquals(
          Optional.empty(),
          said.form().filter(f -> f.title().length() > Limits.FORM_TITLE),
          "a title of a window is cut");
    }
  }

  @Test
  void everything_withTheWorstWords_isWithinTheLimits_andCallsNobody() {
    WORST.forEach(this::tryEverywhere);
  }

  /** Every text of the list, each in one of seven messages in turn; the long proof tries all. */
  @Test
  void everything_withWordsThatWouldCallPeople_callsNobody() {
    List<String> corpus = Injections.all();
    assertTrue(corpus.size() >= 400, () -> "only " + corpus.size());
    for (int i = 0; i < kinds.size(); i++) {
      Said said = kinds.get(i);
      Map<String, Integer> meant = deeds(sent(said, Substitution.ofMarks("word")));
      for (int j = i % 7; j < corpus.size(); j += 7) {
        check(said, corpus.get(j), meant);
      }
    }
  }

  @Test
  @Tag("proof")
  void everything_withEveryWordThatWouldCallPeople_callsNobody() {
    for (Said said : kinds) {
      Map<String, Integer> meant = deeds(sent(said, Substitution.ofMarks("word")));
      Injections.all().forEach(words -> check(said, words, meant));
    }
  }

  private static void check(Said said, String words, Map<String, Integer> meant) {
    Sent sent = sent(said, Substitution.ofMarks(words));
    assertEquals(List.of(), sent.problems(), () -> words + " in " + said.kind());
    assertEquals(meant, deeds(sent), () -> words + " does something in " + said.kind());
  }
}
