// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.FACTS;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a runbook's author or a parameter says, a call goes to the host that was written. */
class TemplatesGeneratedTest {

  private static final List<String> PIECES =
      List.of(
          "{{version}}",
          "{{ version }}",
          "{{incident.title}}",
          "${TOKEN}",
          "${file:/run/key}",
          "{{",
          "}}",
          "{",
          "\"",
          "\\\"",
          ":",
          ",",
          "[",
          "]",
          "1",
          "true",
          "https://deploy.example/",
          "/a/",
          "..",
          "?x=",
          "&",
          "%2e",
          "{{#if}}",
          "{{{{version}}}}",
          "$" + "{{version}}");

  @Test
  void templates_someGenerated_areRefusedOrKeepTheirHost() {
    GeneratedCases.some("templates", 1_000, TemplatesGeneratedTest::template);
  }

  @Test
  @Tag("proof")
  void templates_generatedForLong_areRefusedOrKeepTheirHost() {
    GeneratedCases.forLong(
        "templates", 351_474_267_283L, 450_000, TemplatesGeneratedTest::template);
  }

  private static void template(Garble garble) {
    Step step;
    try {
      step =
          webhook(
              "call",
              "https://deploy.example/" + garble.text(PIECES).replace(" ", ""),
              Map.of("X-A", garble.onceIn(2) ? "{{version}}" : garble.text(PIECES)),
              garble.onceIn(2) ? "{\"v\": \"{{version}}\"}" : garble.text(PIECES));
    } catch (IllegalArgumentException refused) {
      assertFalse(refused.getMessage().isBlank());
      return;
    }
    String value = garble.text(PIECES);
    RequestTemplate.render(step, FACTS.with(Map.of("version", value)))
        .match(
            request -> {
              assertEquals("deploy.example", HttpUrl.get(request.url()).host());
              assertTrue(request.body().length() <= 40_000);
              assertFalse(request.headers().toString().contains("\n"));
              return 0;
            },
            rejection -> {
              assertFalse(rejection.text().isBlank());
              return 0;
            });
  }
}
