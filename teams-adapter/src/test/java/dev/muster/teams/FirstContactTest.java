// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTenant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Before Teams has called for the first time it cannot be asked, which says nothing of anybody. */
final class FirstContactTest extends OnTeams {

  @Test
  void person_askedForBeforeTeamsHasCalled_isNotUnknown() {
    memory.put(
        List.of(
            new Memory.Write("address", Optional.empty()),
            new Memory.Write("address/" + FakeTenant.TEAM, Optional.empty())));
    FakePerson ada = ground.teams().tenant().person("ada");

    is(ChatOutcome.RetryLater.class, ground.platform().findPerson(ada.aad()));

    ground.place();
    assertEquals(ada.aad(), done(ground.platform().findPerson(ada.aad())).person().ref().id());
  }
}
