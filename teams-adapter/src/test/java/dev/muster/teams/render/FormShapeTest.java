// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Form;
import dev.muster.chat.Form.Field;
import dev.muster.chat.Form.Kind;
import dev.muster.chat.Form.Option;
import dev.muster.teams.client.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A form comes back from Teams as it went, and nonsense does not come back at all. */
final class FormShapeTest {

  private static Form form(String typed) {
    return new Form(
        "t1",
        "Update",
        "Post",
        "Everybody sees it.",
        List.of(
            new Field(
                "text",
                "What changed",
                Kind.TEXT,
                true,
                "e.g. rolled back",
                typed,
                List.of(),
                3000),
            new Field(
                "version",
                "Version",
                Kind.CHOICE,
                false,
                "",
                "",
                List.of(new Option("v1.2.3", "1.2.3 (now)"), new Option("v1.2.2", "1.2.2")),
                20)));
  }

  @Test
  void shape_writtenAndRead_isTheSameFormWithWhatWasTyped() {
    Optional<Form> back = FormShape.read("t1", FormShape.write(form("")), Map.of("text", "typed"));

    assertEquals(Optional.of(form("typed")), back);
  }

  @Test
  void shape_thatIsNotOurs_isEmpty() {
    ObjectNode unknownKind = FormShape.write(form(""));
    ((ObjectNode) unknownKind.at("/fields/0")).put("kind", "SCRIPT");
    ObjectNode huge = FormShape.write(form(""));
    for (int i = 0; i < 100; i++) {
      huge.withArrayProperty("fields").addObject().put("name", "f" + i);
    }

    for (ObjectNode wrong : new ObjectNode[] {Json.object(), unknownKind, huge}) {
      assertEquals(Optional.empty(), FormShape.read("t1", wrong, Map.of()));
    }
  }

  @Test
  void person_writtenBothWays_isTheSame() {
    assertEquals("<@teams:aad-1>", PersonValue.fromTeams("aad-1"));
    assertEquals("aad-1", PersonValue.toTeams("<@teams:aad-1>"));
    assertEquals("", PersonValue.toTeams("somebody"));
    assertEquals("", PersonValue.fromTeams(" "));
  }
}
