// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One call of the chat's HTTP interface, read strictly: what is wrong is refused in a sentence. */
final class ApiCall {

  private static final int LONGEST_BODY = 5 * 1024 * 1024;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_TOKEN = 200;
  private static final int MOST_ITEMS = 500;
  private static final int USUAL_ITEMS = 100;

  private final RouteRequest request;
  private final ChatRecords records;
  private final byte[] bytes;
  private final JsonNode body;

  private ApiCall(RouteRequest request, ChatRecords records, byte[] bytes, JsonNode body) {
    this.request = request;
    this.records = records;
    this.bytes = bytes;
    this.body = body;
  }

  /** Reads a call without a body. */
  static ApiCall reading(RouteRequest request, ChatRecords records) {
    return new ApiCall(request, records, new byte[0], null);
  }

  /** Reads a call with a JSON object as its body. */
  static ApiCall withBody(RouteRequest request, ChatRecords records, Json json)
      throws IOException, Refusal {
    String type = request.header("content-type").orElse("").split(";", 2)[0].strip();
    if (request.method().equals("POST") && !type.equalsIgnoreCase("application/json")) {
      throw new Refusal(
          415, "unsupported_media_type", "Send the body as application/json, in UTF-8.");
    }
    byte[] bytes =
        request
            .body(LONGEST_BODY)
            .orElseThrow(() -> new Refusal(413, "too_large", "A body is at most 5 MiB."));
    JsonNode body =
        (bytes.length == 0 && request.method().equals("DELETE")
                ? Optional.of(fromQuery(request))
                : json.object(bytes))
            .orElseThrow(
                () ->
                    Refusal.bad(
                        "bad_json",
                        "The body is not one JSON object, or holds a text of more than 256 KiB, a"
                            + " number of more than 64 digits, a name twice or more than 64 levels."));
    return new ApiCall(request, records, bytes, body);
  }

  /** Many programs cannot send a body with DELETE; they say it in the query. */
  private static JsonNode fromQuery(RouteRequest request) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("user", "name")) {
      request.query(field).ifPresent(value -> body.put(field, value));
    }
    return body;
  }

  byte[] bytes() {
    return bytes;
  }

  JsonNode body() {
    return body;
  }

  /** Returns the text of a field that must be there. */
  String text(String field) throws Refusal {
    JsonNode value = body.path(field);
    if (!value.isTextual()) {
      throw Refusal.bad("missing_field", "The body needs the text field \"" + field + "\".");
    }
    return value.textValue();
  }

  /** Returns the text of a field that may be null or absent. */
  Optional<String> optionalText(String field) throws Refusal {
    JsonNode value = body.path(field);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(text(field));
  }

  /** Returns who speaks, which must be who is signed in. */
  String user() throws Refusal {
    return allowed(text("user"), request);
  }

  /** Returns who looks; empty for somebody who says no name and sees what is public. */
  String viewer() throws Refusal {
    return claimed(request::reader);
  }

  /** Returns to whom what was said is shown; empty for somebody who says no name. */
  String listener() throws Refusal {
    return claimed(request::listener);
  }

  private String claimed(UnaryOperator<Optional<String>> believed) throws Refusal {
    Optional<String> as = request.query("as").filter(name -> !name.isEmpty());
    return believed.apply(as.isEmpty() ? as : Optional.of(allowed(as.get(), request))).orElse("");
  }

  /** A name that a program chose shows it nothing that is not public. */
  private String sight(String name) {
    return request.reader(Optional.of(name)).orElse("");
  }

  static String allowed(String name, RouteRequest request) throws Refusal {
    if (!Mentions.isName(name)) {
      throw Refusal.bad(
          "bad_user",
          "A user's name has 1 to 64 of a-z, 0-9, dot, dash and underscore, for example ada; "
              + Mentions.BOT
              + " is the bot's.");
    }
    if (!request.mayActAs(name)) {
      String mend =
          request
              .signedIn()
              .map(own -> "You are signed in as " + own + "; act under that name.")
              .orElse("That name belongs to somebody who signs in; take another for a program.");
      throw new Refusal(403, "not_you", mend);
    }
    return name;
  }

  /** Returns the named channel, which {@code who} must see. */
  WireChannel channel(String nameOrId, String who) throws Refusal {
    String viewer = sight(who);
    String name = nameOrId.startsWith("#") ? nameOrId.substring(1) : nameOrId;
    return records
        .channel(name)
        .or(() -> records.channelNamed(name))
        .filter(channel -> channel.isSeenBy(viewer))
        .orElseThrow(ApiCall::noChannel);
  }

  private static Refusal noChannel() {
    return new Refusal(
        404, "unknown_channel", "There is no such channel. GET /api/v1/chat/channels lists them.");
  }

  /** Returns the message of the path, deleted or not, which {@code who} must see. */
  WireMessage message(String who) throws Refusal {
    String viewer = sight(who);
    Refusal none = new Refusal(404, "unknown_message", "There is no such message.");
    WireMessage message =
        records
            .message(request.pathPart("id"))
            .filter(found -> found.isSeenBy(viewer))
            .orElseThrow(() -> none);
    if (records.channel(message.channel()).filter(c -> c.isSeenBy(viewer)).isEmpty()) {
      throw none;
    }
    return message;
  }

  /** Returns the token of a button or form. */
  String token() throws Refusal {
    String token = text("token");
    if (token.isBlank() || token.length() > LONGEST_TOKEN) {
      throw Refusal.bad("bad_token", "A token has 1 to 200 characters; take it from the card.");
    }
    return token;
  }

  /** Returns what makes the request repeatable, if its sender gave a key. */
  Optional<Repeatable> repeatable(String user, byte[] content) throws Refusal {
    Optional<String> key = request.header("idempotency-key").filter(text -> !text.isEmpty());
    if (key.isPresent() && key.get().length() > LONGEST_KEY) {
      throw Refusal.bad("bad_key", "An Idempotency-Key has at most 255 characters.");
    }
    return key.map(text -> Repeatable.of(user, text, content));
  }

  /** Returns everything a change of a message consists of, so that no key stands for two. */
  byte[] wish() {
    return (request.method() + " " + request.path() + "\n" + body).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a message's identity given as a query parameter; empty when it is not given. */
  String cursor(String name) throws Refusal {
    String given = request.query(name).orElse("");
    if (!given.isEmpty() && !MessageIds.isId(given)) {
      throw Refusal.bad("bad_cursor", "\"" + name + "\" is not the id of a message.");
    }
    return given;
  }

  /** Returns how many items are wanted at most. */
  int limit() throws Refusal {
    String given = request.query("limit").orElse(String.valueOf(USUAL_ITEMS));
    if (!given.matches("0*[1-9][0-9]{0,9}")) {
      throw Refusal.bad("bad_limit", "\"limit\" is a number from 1 to 500.");
    }
    return (int) Math.min(MOST_ITEMS, Long.parseLong(given));
  }

  String pathPart(String name) {
    return request.pathPart(name);
  }

  Optional<String> query(String name) {
    return request.query(name);
  }
}
