// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A message in the fake. Guarded by its tenant. */
public final class FakeMessage {

  private final String id;
  private final Optional<String> root;
  private final Optional<FakePerson> author;
  private final Optional<FakePerson> onlyFor;
  private final Instant createdAt;
  private JsonNode activity;
  private Optional<Instant> editedAt = Optional.empty();
  private Optional<Instant> deletedAt = Optional.empty();
  private Optional<Instant> reactedAt = Optional.empty();
  private final Map<FakePerson, String> reactions = new LinkedHashMap<>();

  FakeMessage(
      String id,
      Optional<String> root,
      Optional<FakePerson> author,
      Optional<FakePerson> onlyFor,
      Instant createdAt,
      JsonNode activity) {
    this.id = id;
    this.root = root;
    this.author = author;
    this.onlyFor = onlyFor;
    this.createdAt = createdAt;
    this.activity = activity;
  }

  /** Returns the id, in channels the epoch milliseconds. */
  public String id() {
    return id;
  }

  /** Returns the root of the thread it hangs in. */
  public Optional<String> root() {
    return root;
  }

  /** Returns who wrote it; empty for the bot. */
  public Optional<FakePerson> author() {
    return author;
  }

  /** Returns the one person who sees it, for targeted messages. */
  public Optional<FakePerson> onlyFor() {
    return onlyFor;
  }

  /** Returns the activity as it stands now. */
  public JsonNode activity() {
    return activity;
  }

  /** Returns when it was written. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns whether it can still be seen. */
  public boolean isThere() {
    return deletedAt.isEmpty();
  }

  void change(JsonNode now, Instant at) {
    activity = now;
    editedAt = Optional.of(at);
  }

  void delete(Instant at) {
    deletedAt = Optional.of(at);
  }

  /** One person has one reaction on a message; an empty type takes it back. */
  void react(FakePerson who, String type, Instant at) {
    reactedAt = Optional.of(at);
    if (type.isEmpty()) {
      reactions.remove(who);
    } else {
      reactions.put(who, type);
    }
  }

  /** "lastModifiedDateTime: created or modified, including when a reaction is added or removed". */
  Instant lastModified() {
    return Stream.of(Optional.of(createdAt), editedAt, deletedAt, reactedAt)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** Returns the message as Graph tells it: HTML body, ISO times, cards as JSON text. */
  ObjectNode graph(String appId) {
    ObjectNode node =
        Json.object()
            .put("id", id)
            .put("messageType", "message")
            .put("createdDateTime", createdAt.toString())
            .put("lastModifiedDateTime", lastModified().toString());
    root.ifPresent(r -> node.put("replyToId", r));
    // Nothing says that Graph and the activity name the same instant.
    editedAt.ifPresent(at -> node.put("lastEditedDateTime", at.plusMillis(7).toString()));
    deletedAt.ifPresent(at -> node.put("deletedDateTime", at.toString()));
    ObjectNode from = node.putObject("from");
    author.ifPresentOrElse(
        who ->
            from.putObject(who.isProgram() ? "application" : "user")
                .put("id", who.aad())
                .put("displayName", who.name()),
        () -> from.putObject("application").put("id", appId).put("displayName", "Incident Bot"));
    node.putObject("body").put("contentType", "html").put("content", html());
    // "A file attachment has the contentType reference, its name and its contentUrl".
    activity.path("files").forEach(file -> node.withArrayProperty("attachments").add(file));
    for (JsonNode attachment : activity.path("attachments")) {
      node.withArrayProperty("attachments")
          .addObject()
          .put("contentType", attachment.path("contentType").asText())
          .put("content", attachment.path("content").toString());
    }
    reactions.forEach(
        (who, type) ->
            node.withArrayProperty("reactions")
                .addObject()
                .put("reactionType", type)
                .putObject("user")
                .putObject("user")
                .put("id", who.aad()));
    return node;
  }

  /** Returns its words as HTML, which hold an element for every file. */
  String html() {
    String text = activity.path("text").asText("");
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    StringBuilder html = new StringBuilder("<p>" + escaped.replace("\n", "<br>") + "</p>");
    for (JsonNode file : activity.path("files")) {
      html.append("<attachment id=\"" + file.path("id").asText() + "\"></attachment>");
    }
    return html.toString();
  }
}
