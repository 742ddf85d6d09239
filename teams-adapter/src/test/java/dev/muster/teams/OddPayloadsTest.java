// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Answer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands at any place of a verified activity, it is taken or refused and nothing breaks.
 */
final class OddPayloadsTest extends OnTeams {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<Integer> FINE = Set.of(200, 400, 401, 501);

  private final List<String> broken = new ArrayList<>();
  private String authorization;
  private FakePerson ada;

  @BeforeEach
  void meet() {
    ada = ground.teams().tenant().person("ada");
    ground.place();
    authorization = ground.pushes().authorization();
    inbox.answerWith(event -> new Answer.Notice("Taken."));
  }

  private static List<JsonNode> odd() {
    ArrayNode list = Json.array();
    list.add(7).addNull().add("x").addObject().put("id", 7);
    return List.of(
        JSON.nullNode(),
        JSON.numberNode(-7),
        JSON.textNode(""),
        JSON.textNode("\u0000\u202e../../x;messageid="),
        JSON.textNode("+999999999-12-31T23:59:59Z"),
        list);
  }

  private Map<String, ObjectNode> genuine() {
    Payloads pushes = ground.pushes();
    FakeConversation place = ground.place();
    FakeMessage said = ground.said(place, ada, Payloads.BOT_MENTION + " status");
    ObjectNode press = Json.object();
    press.putObject("muster").put("press", "t1");
    ObjectNode form = Json.object().put("field_title", "x");
    ObjectNode shape = form.putObject("muster").put("form", "f1").putObject("shape");
    shape.putArray("fields").addObject().put("name", "title").put("kind", "LINE");
    ObjectNode extension =
        pushes.dialog("composeExtension/fetchTask", ada, place, press.deepCopy());
    extension.withObjectProperty("value").put("commandId", "declare");
    ObjectNode file = pushes.message(said, place);
    file.putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .put("name", "card")
        .putObject("content")
        .putArray("body")
        .addObject()
        .put("text", "down");
    return Map.of(
        "message", pushes.message(said, place),
        "attachment", file,
        "edit", pushes.edit(said, place),
        "deletion", pushes.deletion(said, place),
        "reaction", pushes.reaction(ada, said, place, "reactionsAdded", "like"),
        "joined", pushes.joined(ada),
        "press", pushes.press(ada, place, Optional.of(said), press),
        "form", pushes.press(ada, place, Optional.of(said), form),
        "dialog", pushes.dialog("task/submit", ada, place, form),
        "extension", extension);
  }

  private static Stream<JsonPointer> places(JsonNode node, JsonPointer at) {
    List<JsonPointer> here = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      here.add(at.appendProperty(entry.getKey()));
    }
    for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
      here.add(at.appendIndex(i));
    }
    return here.stream()
        .flatMap(each -> Stream.concat(Stream.of(each), places(node.at(each.last()), each)));
  }

  private static JsonNode without(ObjectNode activity, JsonPointer place) {
    JsonNode changed = activity.deepCopy();
    if (changed.at(place.head()) instanceof ObjectNode parent) {
      parent.remove(place.last().getMatchingProperty());
    } else {
      ((ArrayNode) changed.at(place.head())).remove(place.last().getMatchingIndex());
    }
    return changed;
  }

  private static JsonNode with(ObjectNode activity, JsonPointer place, JsonNode instead) {
    JsonNode changed = activity.deepCopy();
    if (changed.at(place.head()) instanceof ObjectNode parent) {
      parent.set(place.last().getMatchingProperty(), instead);
    } else {
      ((ArrayNode) changed.at(place.head())).set(place.last().getMatchingIndex(), instead);
    }
    return changed;
  }

  private void push(String what, JsonNode activity) {
    try {
      int status = status(ground.push((ObjectNode) activity, authorization));
      if (!FINE.contains(status)) {
        broken.add(what + " -> " + status);
      }
    } catch (RuntimeException e) {
      broken.add(what + " -> " + e);
    }
  }

  private void pushAll(Predicate<String> wanted) {
    genuine()
        .forEach(
            (kind, activity) ->
                places(activity, JsonPointer.empty())
                    .forEach(
                        place -> {
                          push(kind + " without " + place, without(activity, place));
                          odd().stream()
                              .filter(value -> wanted.test(kind + place + value))
                              .forEach(v -> push(kind + place + v, with(activity, place, v)));
                        }));
    assertEquals(List.of(), broken);
  }

  /** A quarter of all, the same one each time. */
  @Test
  void activity_oddAtSomePlaces_isTakenOrRefused() {
    pushAll(what -> what.hashCode() % 4 == 0);
  }

  @Test
  @Tag("proof")
  void activity_oddAtAnyPlace_isTakenOrRefused() {
    pushAll(what -> true);
  }
}
