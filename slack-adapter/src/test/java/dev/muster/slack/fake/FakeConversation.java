// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A channel or direct conversation of the stand-in. Guarded by its workspace. */
final class FakeConversation {

  final String id;
  final String creator;
  final boolean isPrivate;
  final boolean isIm;
  final long created;
  String name;
  String topic = "";
  String purpose = "";
  boolean archived;
  final Set<String> members = new LinkedHashSet<>();
  final Map<String, String> bookmarks = new LinkedHashMap<>();
  final Set<String> pins = new LinkedHashSet<>();
  final List<ObjectNode> messages = new ArrayList<>();

  FakeConversation(String id, String name, String creator, Kind kind, long created) {
    this.id = id;
    this.name = name;
    this.creator = creator;
    this.isPrivate = kind == Kind.PRIVATE;
    this.isIm = kind == Kind.IM;
    this.created = created;
    members.add(creator);
  }

  enum Kind {
    PUBLIC,
    PRIVATE,
    IM
  }

  Optional<ObjectNode> message(String ts) {
    return messages.stream().filter(m -> m.path("ts").asText().equals(ts)).findFirst();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("name", name).put("created", created).put("creator", creator);
    json.put("is_channel", !isPrivate && !isIm).put("is_group", isPrivate).put("is_im", isIm);
    json.put("is_private", isPrivate).put("is_archived", archived);
    json.putObject("topic").put("value", topic);
    json.putObject("purpose").put("value", purpose);
    return json;
  }
}
