// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What platforms and people wrote stands in a sentence with one full stop. */
final class EscalationWordsTest {

  @ParameterizedTest
  @CsvSource({
    "users_not_found, users_not_found.",
    "the app is not in that chat., the app is not in that chat.",
    "what now?, what now?",
    "help!, help!",
    "cut …, cut …"
  })
  void ended_withOrWithoutAStop_hasOne(String words, String wanted) {
    assertEquals(wanted, EscalationWords.ended(words));
  }
}
