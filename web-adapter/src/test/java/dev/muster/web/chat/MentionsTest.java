// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MentionsTest {

  @ParameterizedTest
  @CsvSource({
    "@ada,<@web:ada>",
    "hi @ada.,hi <@web:ada>.",
    "(@ada),(<@web:ada>)",
    "@Ada look,<@web:ada> look",
    "@ada.b-c_d now,<@web:ada.b-c_d> now",
    "mail ada@example.org,mail ada@example.org",
    "https://x.invalid/@ada,https://x.invalid/@ada",
    "@here and @channel,@here and @channel",
    "@muster help,@muster help",
    "<@web:ada>,<@web:ada>",
    "@ alone,@ alone",
  })
  void neutral_typedText_namesPeopleOnPurposeAlone(String typed, String neutral) {
    assertEquals(neutral, Mentions.neutral(typed));
  }

  @Test
  void in_sameNameTwice_isOnePerson() {
    assertEquals(List.of("ada", "li"), Mentions.in("@ada @li @Ada"));
  }
}
