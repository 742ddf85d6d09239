// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class ClipTest {

  @Test
  void atWord_shortText_staysAsItIs() {
    assertEquals("one two", Clip.atWord("one two", 7));
  }

  @Test
  void atWord_longText_endsBehindAWholeWordWithTheMark() {
    assertEquals("one two …", Clip.atWord("one two three", 11));
  }

  @Test
  void atWord_oneEndlessWord_isCutThrough() {
    assertEquals("x".repeat(98) + " …", Clip.atWord("x".repeat(500), 100));
  }

  @Test
  void atWord_cutInsideAPair_leavesNoHalfCharacter() {
    String cut = Clip.atWord("🔥".repeat(100), 23);
    assertFalse(Character.isHighSurrogate(cut.charAt(cut.length() - 3)), cut);
  }
}
