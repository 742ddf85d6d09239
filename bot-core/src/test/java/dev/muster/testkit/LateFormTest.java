// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Form;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a form that came too late keeps of what was sent with it. */
class LateFormTest {

  private static final List<String> RESERVED = List.of("for", "form", "seen");

  @Test
  void values_namedLikeWhatTheFormKeepsForItself_changeNothingOfThat(@TempDir Path folder) {
    try (Stage stage = Rehearsal.stage("memory", folder)) {
      stage.channel("incidents");
      stage.begin();
      Person ada = stage.person("ada");
      stage.command(ada, stage.meeting(), "declare! Checkout is down");
      ChannelRef room = stage.roomOf("INC-1");
      stage.press(ada, "severity");
      String token = lastForm(stage).token();
      Instant sent = stage.clock.instant();
      stage.pass(Duration.ofMinutes(11));
      ReplyTo reply = new ReplyTo(ada.ref(), room, Optional.empty(), sent, Optional.empty());

      stage.hears(
          new ChatEvent.FormSubmitted(
              sent,
              Profile.member(ada),
              token,
              Map.of("severity", "SEV1", "for", "memory:Ueve", "form", "", "seen", "", "x", "y"),
              reply));

      Map<String, String> kept = arguments(stage, lastForm(stage).token());
      assertTrue(stage.said().toString().contains("What you typed is kept."));
      assertEquals("SEV1", kept.get("severity"));
      Map<String, String> before = arguments(stage, token);
      RESERVED.forEach(name -> assertEquals(before.get(name), kept.get(name), name));
      assertFalse(kept.containsKey("x"), kept::toString);
    }
  }

  private static Form lastForm(Stage stage) {
    return stage.said().stream()
        .flatMap(said -> said.form().or(() -> said.message().form()).stream())
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  private static Map<String, String> arguments(Stage stage, String token) {
    return stage.engine.read(tx -> tx.actions().find(token)).orElseThrow().arguments();
  }
}
