// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever somebody types, the language answers with a wish or with a sentence. */
class CommandsGeneratedTest {

  private static final List<String> PIECES =
      Stream.concat(
              CommandSpec.all().stream()
                  .flatMap(s -> Stream.concat(Stream.of(s.verb()), s.aliases().stream())),
              Stream.of(
                  "/incident",
                  "INC-3",
                  "#7",
                  "sev2",
                  "-10m",
                  "--private",
                  "—drill",
                  "\"two words\"",
                  "“curly”",
                  "<@slack:U1>",
                  "<#slack:C1>",
                  "me",
                  "a=b",
                  "level 2",
                  "done 3",
                  "add",
                  "14:05Z",
                  "2026-11-21T14:05Z",
                  "due friday",
                  "1h30m",
                  "duplicate of INC-1"))
          .toList();
  private static final List<String> HONEST =
      List.of(
          "declare! checkout is down sev2",
          "INC-3 severity sev1 two regions",
          "update We roll back. --next 30m",
          "runbook rollback-checkout version=\"1.2 b\"",
          "action add fix the alert @li due 2026-12-01",
          "close --summary \"all fine\" duplicate of INC-2");

  @Test
  void commands_someGenerated_areAnswered() {
    GeneratedCases.some("commands", 600, CommandsGeneratedTest::command);
  }

  @Test
  @Tag("proof")
  void commands_generatedForLong_areAnswered() {
    GeneratedCases.forLong("commands", 352_877_554_687L, 16_000, CommandsGeneratedTest::command);
  }

  private static void command(Garble garble) {
    String text = garble.onceIn(3) ? garble.spoiled(garble.oneOf(HONEST)) : garble.text(PIECES);
    String answer =
        new CommandParser()
            .parse(garble.onceIn(2) ? "web" : "slack", text)
            .match(u -> u.intent().toString(), refused -> refused.rejection().text());
    assertFalse(answer.isBlank());
  }
}
