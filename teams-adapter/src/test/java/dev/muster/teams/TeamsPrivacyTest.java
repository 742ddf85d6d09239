// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.MessageRef;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running incident becomes private on Teams: it goes on in a group chat of its members. */
final class TeamsPrivacyTest {

  @TempDir private Path folder;

  /** What anybody reads in a channel: words that are there and not meant for one person. */
  private static List<String> read(FakeConversation where) {
    return where.messages().stream()
        .filter(message -> message.isThere() && message.onlyFor().isEmpty())
        .filter(message -> message.author().isEmpty())
        .map(FakeMessage::activity)
        .map(activity -> Reading.of(activity).words())
        .toList();
  }

  private static FakeConversation announcements(WholeTeams teams) {
    MessageRef card =
        teams
            .engine()
            .read(tx -> tx.slots().find("announcements@teams", "announcement/INC-1"))
            .orElseThrow();
    return teams.teams().tenant().conversation(card.channel().id()).orElseThrow();
  }

  private static boolean anyHas(List<String> lines, String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  @Test
  void incident_madePrivateAndPublicAgain_movesIntoAChatAndBackIntoAChannel() {
    try (WholeTeams teams = new WholeTeams(folder)) {
      FakeConversation old = teams.declared("ada", "Marmalade prices leaked");
      FakeConversation announced = announcements(teams);
      teams.asks("ada", old, "update Marmalade was copied");
      assertTrue(anyHas(read(announced), "Marmalade"), "" + read(announced));

      teams.asks("ada", old, "private");
      assertFalse(teams.engine().incident("INC-1").isPrivate());
      teams.asks("ada", old, "private confirm");

      FakeConversation chat = teams.room("INC-1");
      assertEquals("groupChat", chat.kind());
      assertTrue(chat.members().contains(teams.person("ada")));
      assertTrue(anyHas(read(chat), "Marmalade prices leaked"));
      assertTrue(old.archived());
      assertFalse(old.name().contains("marmalade"), old.name());
      assertFalse(old.description().contains("armalade"), old.description());
      assertTrue(anyHas(read(old), "Please write nothing more about it here"), "" + read(old));
      assertFalse(anyHas(read(old), "armalade"), "" + read(old));
      assertFalse(anyHas(read(announced), "armalade"), "" + read(announced));
      assertTrue(anyHas(read(announced), "INC-1 goes on among its members"));

      teams.asks("ada", chat, "public");
      teams.asks("ada", chat, "public confirm");
      FakeConversation open = teams.room("INC-1");
      assertEquals("channel", open.kind());
      assertTrue(anyHas(read(announced), "Marmalade prices leaked"), "" + read(announced));
      assertTrue(anyHas(read(chat), "This one is closed"), "" + read(chat));
    }
  }
}
