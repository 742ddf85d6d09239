// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.Answer;
import dev.muster.chat.Form;
import dev.muster.chat.Form.Field;
import dev.muster.chat.Form.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The direct answer to a click names commands as people type them where it is shown. */
class ShownTest {

  private static final String CHANNEL = "19:x";
  private static final String ALONE = "a:1";

  @Test
  void words_inAChannel_beginCommandsWithTheNameOfTheBot() {
    Shown words = Shown.of(new Answer.Notice("Join it: /incident join INC-1"), Optional.empty());

    assertEquals(new Shown.Words("Join it: @Muster join INC-1"), words.saidIn(CHANNEL));
    assertEquals(words, words.saidIn(ALONE));
  }

  @Test
  void form_inAChannel_beginsCommandsWithTheNameOfTheBotAndKeepsWhatWasTyped() {
    Shown form =
        new Shown.FormCard(form("/incident update"), Map.of("text", "Try /incident update."));

    assertEquals(
        new Shown.FormCard(form("@Muster update"), Map.of("text", "Try @Muster update.")),
        form.saidIn(CHANNEL));
    assertEquals(form, form.saidIn(ALONE));
  }

  private static Form form(String command) {
    Field field =
        new Field(
            "text", "Text", Kind.TEXT, true, "Or " + command, "I typed /incident", List.of(), 250);
    return new Form("token", "Update", "Post", "The same: " + command, List.of(field));
  }
}
