// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Throws seeded nonsense at the parser; a failure prints the text that caused it. */
class CommandParserFuzzTest {

  private static final int ROUNDS = 15_000;

  /** Longer than any platform lets people type. */
  private static final int LONG_TEXT = 100_000;

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final long LIMIT_MILLIS = 100;
  private static final int ATTEMPTS = 5;
  private static final List<String> PIECES =
      Stream.concat(
              CommandSpec.all().stream()
                  .flatMap(s -> Stream.concat(Stream.of(s.verb()), s.aliases().stream())),
              Stream.of(
                  "/incident",
                  "incident",
                  "INC-3",
                  "#7",
                  "INC-0",
                  "INC-",
                  "sev2",
                  "sev0",
                  "sev",
                  "2",
                  "-10m",
                  "—private",
                  "--private",
                  "--drill",
                  "--help",
                  "--",
                  "\"",
                  "“",
                  "”",
                  "'",
                  "```",
                  "@li",
                  "@",
                  "<@slack:U1>",
                  "<@",
                  "me",
                  "nobody",
                  "a=b",
                  "=",
                  "a=\"",
                  "to",
                  "level",
                  "done",
                  "add",
                  "show",
                  "now",
                  "14:05",
                  "14:05Z",
                  "99:99",
                  "UTC",
                  "2026-11-21",
                  "2027-02-30",
                  "2026-11-21T14:05Z",
                  "due",
                  "friday",
                  "30m",
                  "1h30m",
                  "duplicate",
                  "of",
                  "false",
                  "alarm",
                  "public",
                  "open",
                  "x@y.zz",
                  ",",
                  "💥",
                  "\u200B",
                  "\u202E",
                  "\u0000",
                  "\uD83D",
                  "\uDE00",
                  "\u0130",
                  "\uFEFF",
                  "word"))
          .toList();
  private static final List<String> GAPS =
      List.of(" ", " ", " ", "", "\n", "\t", "\u00A0", "\u3000", "\u2028", "  ");

  @Test
  void parser_givenNonsense_alwaysAnswers() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < ROUNDS; i++) {
      String text = nonsense(random);
      check(text, random.nextBoolean() ? "web" : "slack");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"a ", "'a ", "“", "a=\"b ", "@li ", "--private ", "sev2 ", " ", "x", "INC-3 "})
  void parser_givenVeryLongText_answersInTime(String piece) {
    String flood = piece.repeat(LONG_TEXT / piece.length());
    for (String verb :
        List.of("", "declare! ", "invite ", "runbook x ", "action ", "affects ", "update ")) {
      String text = verb + flood;
      check(text, "web");
      long millis = leastMillis(text);
      assertTrue(millis <= LIMIT_MILLIS, () -> verb + piece + " took " + millis + " ms");
    }
  }

  /** A processor that is shared may make one attempt slow; it does not make all of them so. */
  private static long leastMillis(String text) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && least > LIMIT_MILLIS; i++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      new CommandParser().parse("web", text);
      least = Math.min(least, (CLOCK.getCurrentThreadCpuTime() - start) / 1_000_000);
    }
    return least;
  }

  private static String nonsense(Random random) {
    return random
        .ints(random.nextInt(9), 0, PIECES.size())
        .mapToObj(i -> PIECES.get(i) + GAPS.get(random.nextInt(GAPS.size())))
        .map(piece -> random.nextInt(12) == 0 ? mangled(piece, random) : piece)
        .collect(Collectors.joining());
  }

  private static String mangled(String piece, Random random) {
    StringBuilder changed = new StringBuilder(piece);
    changed.insert(random.nextInt(piece.length() + 1), (char) random.nextInt(0x10000));
    return changed.toString();
  }

  private static void check(String text, String platform) {
    String answer =
        new CommandParser()
            .parse(platform, text)
            .match(u -> u.intent().toString(), refused -> refused.rejection().text());
    assertFalse(answer.isBlank(), text);
  }
}
