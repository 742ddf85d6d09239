// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.UserRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person is called in records that name them: names that they gave up since may stand there
 * alone.
 */
final class NamesInRecords {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "name";

  private final UserRef user;
  private final Set<String> names = new TreeSet<>();

  private NamesInRecords(UserRef user) {
    this.user = user;
  }

  /** Returns every name that stands beside the person's identifier; only reads. */
  static Set<String> of(SqlTx tx, UserRef user) {
    NamesInRecords found = new NamesInRecords(user);
    TakenOut id =
        new TakenOut(List.of(new TakenOut.Phrase(user.id(), "", TakenOut.Extent.WHOLE_WORDS)));
    new Sweep(tx, id).each((table, value) -> found.read(value));
    return found.names;
  }

  private void read(String value) {
    if (!value.startsWith("{") && !value.startsWith("[")) {
      return;
    }
    try {
      look(JSON.readTree(value));
    } catch (JsonProcessingException e) {
      // It only looks like a record.
      return;
    }
  }

  private void look(JsonNode node) {
    JsonNode ref = node.path("ref");
    if (ref.path("platform").asText().equals(user.platform())
        && ref.path("id").asText().equals(user.id())) {
      learn(node.path(NAME));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().asText().equals(user.toString())) {
        learn(node.path(field.getKey() + "Name"));
      }
    }
    node.forEach(this::look);
  }

  private void learn(JsonNode name) {
    if (name.isTextual() && !name.textValue().isBlank()) {
      names.add(name.textValue());
    }
  }
}
