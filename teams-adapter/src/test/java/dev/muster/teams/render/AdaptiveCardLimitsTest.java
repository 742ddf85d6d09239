// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.teams.client.Json;
import dev.muster.testkit.Foreign;
import dev.muster.testkit.Rehearsal;
import dev.muster.testkit.Said;
import dev.muster.testkit.Substitution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every message and form of the product, as the engine made it in a {@link Rehearsal}, rendered
 * with the worst words in every place that takes words from outside, against the schema of Adaptive
 * Cards 1.5 and the sizes of Teams.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdaptiveCardLimitsTest {

  /** One for every kind of bad input; each is put in the place of all words from outside. */
  private static final Map<String, String> WORST =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("40,000 characters", "payments fail ".repeat(2_858)),
              Map.entry("40,000 without a space", "x".repeat(40_000)),
              Map.entry("every markup character", "*a* _b_ ~c~ `d` > # [x](y) - 1. <at>x</at>"),
              Map.entry("only markup", "\\`*_[]()#~>&<{}".repeat(3_000)),
              Map.entry("quotes", "\"\\".repeat(20_000)),
              Map.entry("emoji", "👩‍👩‍👧‍👦🔥🏳️‍🌈".repeat(2_000)),
              Map.entry("calls", "<at>everyone</at> <at id=\"0\">Ada</at> @team @channel"),
              Map.entry("functions", "{{DATE(2026-11-20T14:05:00Z,SHORT)}} {{TIME(x)}} {{x}}"),
              Map.entry("a link", "[a](javascript:alert(1)) [b](https://evil.example.com)"),
              Map.entry("right to left", "\u202Eabc \u2067def\u2069 שלום مرحبا \u200F"),
              Map.entry("zero-width", "\u200B\u200C\u200D\uFEFF\u2060a\u200Bb"),
              Map.entry("lone surrogates", "\uD83D a \uDC00\uD800"),
              Map.entry("controls", "\u0000\u0001\u001B[31m\u0085\u2028\r\n\ta"),
              Map.entry("file", "file:///etc/passwd"),
              Map.entry("combining", "a" + "\u0301".repeat(9_000)),
              Map.entry("lines", "\n".repeat(3_000) + "a"),
              Map.entry("nothing", "")));

  @TempDir private static Path folder;

  private final List<Said> all = new ArrayList<>();
  private final List<Said> foreign = new ArrayList<>();

  @BeforeAll
  void rehearse() {
    Map<String, Said> distinct = new LinkedHashMap<>();
    for (Said said : Rehearsal.marked("teams", TypedHere.BY_NAME, folder)) {
      distinct.put(said.kind(), said);
    }
    all.addAll(distinct.values());
    all.stream().filter(AdaptiveCardLimitsTest::hasWordsFromOutside).forEach(foreign::add);
  }

  private static boolean hasWordsFromOutside(Said said) {
    String words = said.toString();
    for (Foreign place : Foreign.values()) {
      if (words.contains(place.mark())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everything_asPeopleWrite_keepsTheSchema() {
    assertTrue(foreign.size() >= 60, () -> foreign.size() + " kinds");
    for (Said said : all) {
      check(said, Sent.of(said, Substitution.ofMarks("word")), "word");
    }
  }

  @Test
  void everything_withTheWorstWords_keepsTheSchemaAndTheSize() {
    WORST.forEach(
        (what, words) -> {
          Substitution worst = Substitution.ofMarks(words);
          foreign.forEach(said -> check(said, Sent.of(said, worst), what));
        });
  }

  private static void check(Said said, Sent sent, String what) {
    assertEquals(
        List.of(), sent.problems(), () -> what + " in " + said.scene() + ": " + said.kind());
  }

  @Test
  void schema_bitesOnWhatIsNotInIt() {
    ObjectNode card = MessageRenderer.card(BotMessage.line("All is well."), Optional.empty());
    assertEquals(List.of(), AdaptiveCard.problems(card));

    ObjectNode odd = card.deepCopy();
    odd.withArrayProperty("body").addObject().put("type", "Media");
    odd.withArrayProperty("body")
        .addObject()
        .put("type", "TextBlock")
        .put("text", "<at>Ada</at> {{x}} [y](file:///z)")
        .put("color", "Red")
        .put("onClick", "x");
    odd.put("speak", "x").put("version", "1.6").put("fallbackText", "x".repeat(30_000));

    List<String> problems = AdaptiveCard.problems(odd);
    assertEquals(10, problems.size(), problems.toString());
    assertFalse(Json.bytes(odd).length <= MessageRenderer.LARGEST_CARD);
  }
}
