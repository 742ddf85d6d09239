// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Teams moves a conversation to another address: it is followed on Microsoft's word alone. */
final class ServiceAddressTest extends OnTeams {

  private FakeTeams moved;
  private FakeConversation other;

  @BeforeEach
  void open() {
    moved = new FakeTeams(clock);
    ground.place();
    other = ground.teams().tenant().channel("other", "");
    says(other, ground.teams().serviceUrl(), FakeKeys.connector());
  }

  @AfterEach
  void close() {
    moved.close();
  }

  private int says(FakeConversation where, String address, FakeKeys signedBy) {
    ObjectNode push =
        ground
            .pushes()
            .message(ground.said(where, ground.teams().tenant().person("ada"), "hello"), where)
            .put("serviceUrl", address);
    ObjectNode claims = ground.pushes().claims().put("serviceurl", address);
    return status(ground.push(push, "Bearer " + signedBy.sign(claims)));
  }

  private ChatOutcome<?> post(FakeConversation where, String value) {
    return ground
        .platform()
        .post(key(value), TeamsGround.ref(where), Optional.empty(), BotMessage.line(value));
  }

  @Test
  void address_ofAConversation_changesByAVerifiedCallToAListedHostAndForThatConversationAlone() {
    FakeConversation place = ground.place();
    done(post(place, "before"));

    assertEquals(401, says(place, moved.serviceUrl(), FakeKeys.stranger("connector-1")));
    assertEquals(401, says(place, "https://evil.example/teams/", FakeKeys.connector()));
    done(post(place, "still"));
    assertEquals(0, moved.ledger().size());

    assertEquals(200, says(place, moved.serviceUrl(), FakeKeys.connector()));
    post(place, "moved");
    assertEquals(401, says(place, "https://evil.example/teams/", FakeKeys.connector()));
    long afterTheMove = moved.calls(Part.CONNECTOR);
    assertTrue(afterTheMove > 0);
    done(post(other, "elsewhere"));

    assertEquals(afterTheMove, moved.calls(Part.CONNECTOR));
    assertEquals(2, place.messages().stream().filter(m -> m.author().isEmpty()).count());
    assertTrue(
        moved.ledger().stream().allMatch(call -> call.path().startsWith("/connector/")),
        moved.ledger().toString());
  }
}
