// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.accepted;
import static dev.muster.runbook.RunbookFixtures.manual;
import static dev.muster.runbook.RunbookFixtures.reason;
import static dev.muster.runbook.RunbookFixtures.rollback;
import static dev.muster.runbook.RunbookFixtures.runbook;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreviewTest {

  private static final Step VERIFY =
      webhook(
          "verify",
          "http://a/{{steps.call-deployer.id}}",
          null,
          "{\"n\": {{steps.call-deployer.count}}}");
  private static final Runbook BOOK =
      runbook(rollback(), manual("look", "Look at {{incident.title}}."), VERIFY);

  @Test
  void preview_ofEveryStep_isFilledWithSecretsMasked() {
    List<Preview> previews =
        accepted(Preview.of(BOOK, Map.of("version", "1.4", "service", "checkout")));

    RenderedRequest call = previews.get(0).request().orElseThrow();
    assertEquals("http://127.0.0.1:9099/rollback/checkout", call.url());
    assertEquals("Bearer ****", call.headers().get("Authorization"));
    assertEquals("{\"version\": \"1.4\", \"incident\": \"INC-1\"}", call.body());
    assertEquals("Look at Example incident.", previews.get(1).text());
    assertEquals("http://a/1", previews.get(2).request().orElseThrow().url());
    assertEquals("{\"n\": 1}", previews.get(2).request().orElseThrow().body());
  }

  @Test
  void preview_withParametersThatDoNotFit_saysWhy() {
    assertEquals("missing_parameter", reason(Preview.of(BOOK, Map.of())));
    assertEquals("bad_value", reason(Preview.of(BOOK, Map.of("version", "1.4"))));
    assertEquals(
        "bad_value",
        reason(Preview.of(BOOK, Map.of("version", "1.4", "service", "check\u202Eout"))));
  }
}
