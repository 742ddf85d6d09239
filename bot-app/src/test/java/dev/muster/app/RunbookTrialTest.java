// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code runbook test} shows, and that it sends nothing and knows no secret. */
final class RunbookTrialTest {

  private static final String ROLLBACK =
      """
      name: rollback-checkout
      rollback: true
      when: { service: checkout }
      parameters:
        - { name: version, required: true }
        - { name: region, required: false, choices: [eu, us] }
      steps:
        - id: call-deployer
          kind: webhook
          method: PUT
          url: %s/rollback/{{version}}
          headers: { Authorization: "Bearer ${DEPLOY_TOKEN:-open-sesame}", Content-Type: application/json }
          body: '{ "incident": "{{incident.id}}", "version": "{{version}}", "key": "${file:../key}" }'
        - { id: tell, kind: message, body: "{{service}} goes back; answer {{steps.call-deployer.status}}" }
        - { id: look, kind: manual, body: "Look at the error rate of {{service}}." }
      """;

  @TempDir private Path folder;
  private Receiver receiver;
  private String config;

  @BeforeEach
  void configure() throws IOException {
    receiver = new Receiver();
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("rollback.yaml"), ROLLBACK.formatted(receiver.url()));
    Files.writeString(folder.resolve("key"), "iron-key");
    config =
        Files.writeString(
                folder.resolve("bot.yaml"),
                "outbound: { allow: [\"%s\"] }\nrunbooks: runbooks/\n".formatted(receiver.url()))
            .toString();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private Shell.Ended test(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "runbook";
    args[1] = "test";
    args[2] = "--config";
    args[3] = config;
    System.arraycopy(more, 0, args, 4, more.length);
    return Shell.run(args);
  }

  @Test
  void runbookTest_completeParameters_showsEveryRequestAndSendsNothing() {
    Shell.Ended ended = test("rollback-checkout", "--var", "version=1.4.1 beta");

    assertEquals(0, ended.code(), ended.err());
    assertEquals("", ended.err());
    String shown = ended.out();
    assertTrue(shown.contains("PUT " + receiver.url() + "/rollback/1.4.1%20beta"), shown);
    assertTrue(shown.contains("Authorization: Bearer ****"), shown);
    assertTrue(
        shown.contains("\"incident\": \"INC-1\", \"version\": \"1.4.1 beta\", \"key\": \"****\""),
        shown);
    assertTrue(shown.contains("Idempotency-Key: "), shown);
    assertTrue(shown.contains("another person approved"), shown);
    assertTrue(shown.contains("checkout goes back; answer 1"), shown);
    assertTrue(shown.contains("Look at the error rate of checkout."), shown);
    assertFalse(shown.contains("sesame") || shown.contains("iron"), shown);
    assertEquals(0, receiver.calls().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rolback-checkout --var version=1 | 3 | Did you mean rollback-checkout?",
        "rollback-checkout | 3 | --var version=VALUE",
        "rollback-checkout --var version= | 3 | also needs version",
        "rollback-checkout --var vresion=1 | 3 | Did you mean version?",
        "rollback-checkout --var version=1 --var region=moon | 3 | one of eu, us",
        "rollback-checkout --var version | 2 | name=value, not version",
        "rollback-checkout --var =1 | 2 | name=value",
        "rollback-checkout --var version=1 --var version=2 | 2 | given twice"
      })
  void runbookTest_wrongWords_nameTheMend(String words, int code, String sentence) {
    Shell.Ended ended = test(words.split(" "));

    assertEquals(code, ended.code());
    assertEquals("", ended.out());
    assertTrue(ended.err().contains(sentence), ended.err());
  }

  @Test
  void runbookTest_badConfiguration_isThree() throws IOException {
    Files.writeString(Path.of(config), "runbooks: elsewhere/\nserver: { prot: 1 }\n");

    Shell.Ended ended = test("rollback-checkout");
    assertEquals(3, ended.code());
    assertTrue(ended.err().contains("bot.yaml:"), ended.err());
  }
}
