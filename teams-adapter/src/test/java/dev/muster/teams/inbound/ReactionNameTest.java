// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.teams.client.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reaction has one name, whether an activity tells of it or Graph. */
final class ReactionNameTest {

  @ParameterizedTest
  @CsvSource({
    "like, like, like",
    "like, 👍, like",
    "1f4cc_pushpin, 📌, pushpin",
    "2705_whiteheavycheckmark, ✅, white_check_mark",
    "heart, ❤️, heart",
    "1f440_eyes, 👀, eyes",
    "1f389_partypopper, 🎉, party_popper",
    "1f469-200d-1f4bb_womantechnologist, 👩‍💻, woman_personal_computer",
    "my_own_word, my_own_word, my_own_word"
  })
  void name_ofEitherSource_isTheSame(String activity, String graph, String name) {
    assertEquals(name, ReactionName.of(activity));
    assertEquals(name, ReactionName.of(Json.object().put("reactionType", graph)));
  }

  @ParameterizedTest
  @CsvSource({"Ship it, ship_it", "'', custom"})
  void custom_goesByItsDisplayName(String shown, String name) {
    var reaction = Json.object().put("reactionType", "custom");
    if (!shown.isEmpty()) {
      reaction.put("displayName", shown);
    }

    assertEquals(name, ReactionName.of(reaction));
  }
}
