// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People looked up by address: with one call where that will do, and never the wrong one. */
final class PeopleByAddressTest extends OnTeams {

  private FakePerson ada;
  private FakePerson rick;

  @BeforeEach
  void people() {
    ground.place();
    ada = ground.teams().tenant().person("ada");
    rick = ground.teams().tenant().person("rick.stevens");
  }

  private ChatOutcome<Profile> find(String address) {
    return ground.platform().findPerson(address);
  }

  private long lists() {
    return ground.teams().ledger().stream()
        .filter(call -> call.path().contains("pagedmembers"))
        .count();
  }

  @Test
  void address_thatTheySignInBy_isLookedUpWithoutListingTheTeam() {
    Profile found = done(find("ada@example.com"));

    assertEquals(ada.aad(), found.person().ref().id());
    assertEquals(Optional.of("ada@example.com"), found.email());
    assertEquals(0, lists());
  }

  @Test
  void address_thatIsNobodysName_isFoundInTheList() {
    Profile found = done(find("Rick.Stevens@example.com"));

    assertEquals(rick.aad(), found.person().ref().id());
    assertEquals(1, lists());
  }

  @Test
  void nameToSignInBy_thatIsNobodysAddress_leadsToNobody() {
    is(ChatOutcome.Refused.class, find("rickstevens@example.com"));
    is(ChatOutcome.Refused.class, find("nobody@example.com"));
  }

  @Test
  void lookup_whileTeamsHasTooMuch_waitsAndListsNothing() {
    ground.teams().arm(Part.READING, Fault.later(429, 7));

    is(ChatOutcome.RetryLater.class, find("ada@example.com"));

    assertEquals(0, lists());
  }
}
