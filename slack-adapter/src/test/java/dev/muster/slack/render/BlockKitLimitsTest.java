// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import dev.muster.testkit.Foreign;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import dev.muster.testkit.Substitution;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What is said, each kind once, and what it does when its words are harmless. */
  private final Map<Said, Map<String, Integer>> kinds = new LinkedHashMap<>();

  @BeforeAll
  void rehearse() {
    Map<String, Said> distinct = new LinkedHashMap<>();
    for (Said said : Rehearsal.marked("slack", folder)) {
      distinct.put(said.kind(), said);
    }
    distinct.values().stream()
        .filter(BlockKitLimitsTest::hasWordsFromOutside)
        .forEach(said -> kinds.put(said, deeds(Sent.of(said, Substitution.ofMarks("word")))));
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
    kinds.forEach((said, meant) -> check(Sent.of(said, worst), what, said, meant));
  }

  @Test
  void rehearsal_saysManyDifferentThings() {
    assertTrue(kinds.size() >= 60, () -> kinds.size() + " kinds");
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
    int turn = 0;
    for (Map.Entry<Said, Map<String, Integer>> kind : kinds.entrySet()) {
      turn = (turn + 1) % 7;
      for (int i = turn; i < corpus.size(); i += 7) {
        check(kind.getKey(), corpus.get(i), kind.getValue());
      }
    }
  }

  @Test
  @Tag("proof")
  void everything_withEveryWordThatWouldCallPeople_callsNobody() {
    kinds.forEach((said, meant) -> Injections.all().forEach(words -> check(said, words, meant)));
  }

  private static void check(Said said, String words, Map<String, Integer> meant) {
    check(Sent.of(said, Substitution.ofMarks(words)), words, said, meant);
  }

  private static void check(Sent sent, String what, Said said, Map<String, Integer> meant) {
    String where = " in " + said.scene() + ": " + said.kind();
    assertEquals(List.of(), sent.problems(), () -> what + where);
    assertEquals(meant, deeds(sent), () -> what + " does something" + where);
  }
}
