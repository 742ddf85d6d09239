// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Answer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.Payloads;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spoils activities in seeded ways. With a genuine token each is taken or refused and breaks
 * nothing; with anything at all wrong about the token it reaches nobody.
 */
final class ActivitiesGeneratedTest extends OnTeams {

  private static final Set<Integer> FINE = Set.of(200, 201, 202, 400, 401, 413, 501);

  private List<String> activities;
  private String authorization;

  @BeforeEach
  void meet() {
    FakePerson ada = ground.teams().tenant().person("ada");
    FakeConversation place = ground.place();
    Payloads pushes = ground.pushes();
    authorization = pushes.authorization();
    inbox.answerWith(event -> new Answer.Notice("Taken."));
    ObjectNode press = Json.object();
    press.putObject("muster").put("press", "t1");
    ObjectNode message = ground.writes("ada", Payloads.BOT_MENTION + " status <b>x</b>");
    activities =
        List.of(
            message.toString(),
            pushes.joined(ada).toString(),
            pushes.press(ada, place, Optional.empty(), press).toString(),
            pushes.dialog("task/fetch", ada, place, press).toString());
  }

  @Test
  void activities_someGenerated_areTakenOrRefused() {
    GeneratedCases.some("teams-activities", 100, this::activity);
  }

  @Test
  @Tag("proof")
  void activities_generatedForLong_areTakenOrRefused() {
    GeneratedCases.forLong("teams-activities", 355_184_254_160L, 15_000, this::activity);
  }

  @Test
  void tokens_someGenerated_areRefused() {
    GeneratedCases.some("teams-tokens", 40, this::token);
  }

  @Test
  @Tag("proof")
  void tokens_generatedForLong_areRefused() {
    GeneratedCases.forLong("teams-tokens", 355_302_260_997L, 650, this::token);
  }

  private void activity(Garble garble) {
    String body = garble.spoiledJson(garble.oneOf(activities));
    byte[] bytes =
        garble.onceIn(6)
            ? garble.spoiled(body.getBytes(StandardCharsets.UTF_8))
            : body.getBytes(StandardCharsets.UTF_8);
    int status = status(ground.raw(bytes, Map.of("Authorization", authorization)));
    assertTrue(FINE.contains(status), () -> "status " + status);
  }

  /** Signed by a stranger, with claims of another nature, or changed after it was signed. */
  private void token(Garble garble) {
    String genuine = authorization;
    String crafted =
        switch (garble.below(4)) {
          case 0 -> garble.spoiled(genuine);
          case 1 -> "Bearer " + FakeKeys.stranger("connector-1").sign(header(garble), "{}");
          case 2 -> "Bearer " + FakeKeys.connector().sign(header(garble), garble.text(List.of()));
          default -> "Bearer " + encoded(garble) + "." + encoded(garble) + "." + encoded(garble);
        };
    if (crafted.strip().equals(genuine)) {
      return;
    }
    byte[] body = activities.get(0).getBytes(StandardCharsets.UTF_8);
    assertEquals(401, status(ground.raw(body, Map.of("Authorization", crafted))), crafted);
  }

  private static String header(Garble garble) {
    return garble.spoiledJson("{\"alg\":\"RS256\",\"kid\":\"connector-1\",\"typ\":\"JWT\"}");
  }

  private static String encoded(Garble garble) {
    String part = garble.spoiledJson("{\"alg\":\"RS256\",\"kid\":\"connector-1\",\"exp\":9}");
    return FakeKeys.encoded(part.getBytes(StandardCharsets.UTF_8));
  }
}
