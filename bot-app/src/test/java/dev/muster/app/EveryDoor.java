// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A bot with everything that takes words: the built-in chat, a source of alerts, and the runbook
 * {@code fix}, whose target answers and reports later.
 */
final class EveryDoor implements AutoCloseable {

  private static final String CONFIG =
      """
      alerts: { sources: [ { name: alertmanager, kind: alertmanager, token: "let-me-in" } ] }
      access: { default: responder, admins: [ada] }
      runbooks: runbooks/
      outbound: { allow: ["%s"] }
      """;

  private static final String RUNBOOK =
      """
      name: fix
      parameters: [ { name: note, required: true } ]
      steps:
        - id: call
          kind: webhook
          approval: none
          url: RECEIVER/fix
          headers: { Content-Type: application/json }
          body: '{ "note": "{{note}}" }'
        - { id: tell, kind: message, body: "TOLD" }
      """;

  private final Receiver receiver = new Receiver();
  private final BotHarness bot;

  /**
   * Opens it in a folder.
   *
   * @param told what the runbook says in the channel of the target's answer
   */
  EveryDoor(Path folder, String told) throws IOException {
    String runbook = RUNBOOK.replace("RECEIVER", receiver.url()).replace("TOLD", told);
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("fix.yaml"), runbook);
    bot = BotHarness.start(folder, ManualClock.atNoon(), CONFIG.formatted(receiver.url()));
  }

  BotHarness bot() {
    return bot;
  }

  Receiver receiver() {
    return receiver;
  }

  /** Hands in a body of Alertmanager with these alerts. */
  void alerts(List<Map<String, Object>> alerts) {
    Map<String, Object> body =
        Map.of("version", "4", "status", "firing", "receiver", "x", "alerts", alerts);
    BotHttp.Answered answered =
        bot.http().post("/alerts/alertmanager", body, "Authorization", "Bearer let-me-in");
    assertEquals(202, answered.status(), answered.body());
  }

  /** The target reports what became of a call, counted from 0. */
  void reports(int call, Map<String, Object> late) {
    String hook = receiver.calls().get(call).headers().get("x-muster-callback");
    assertEquals(202, bot.http().post(URI.create(hook).getPath(), late).status());
  }

  @Override
  public void close() {
    bot.close();
    receiver.close();
  }
}
