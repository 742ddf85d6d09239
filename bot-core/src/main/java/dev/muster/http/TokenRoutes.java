// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.incident.Actor;
import dev.muster.signin.ApiToken;
import dev.muster.signin.ApiTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens of programs, for admins: list, make, revoke. */
final class TokenRoutes {

  private static final int LARGEST_BODY = 16 * 1024;

  /** Whoever is let in because the door is open takes no key home that fits when it is shut. */
  private static final String FIRST_TOKEN =
      "Nobody has to show a token here, so none is made. Write the first one into bot.yaml, for"
          + " example server.auth.tokens: [ { name: ops, sha256: \"…\", role: admin } ], restart,"
          + " and make others with it.";

  private final ApiTokens tokens;
  private final TokenWishes wishes;

  TokenRoutes(ApiTokens tokens, TokenWishes wishes) {
    this.tokens = tokens;
    this.wishes = wishes;
  }

  void contribute(Routes routes) {
    routes.route("GET", "/api/v1/tokens", this::list);
    routes.route("POST", "/api/v1/tokens", this::make);
    routes.route("DELETE", "/api/v1/tokens/{id}", this::revoke);
  }

  private RouteAnswer list(RouteRequest request) {
    ObjectNode out = Answers.JSON.createObjectNode();
    ArrayNode items = out.putArray("items");
    tokens.all().forEach(token -> items.add(shown(token)));
    return Answers.json(200, out);
  }

  private static ObjectNode shown(ApiToken token) {
    return Answers.JSON
        .createObjectNode()
        .put("id", token.id())
        .put("name", token.name())
        .put("role", token.level().map(level -> level.word()).orElse(null))
        .put("alerts", token.source().orElse(null))
        .put("by", token.by())
        .put("created", token.created().toString())
        .put("expires", token.expires().toString())
        .put("used", token.used().map(Instant::toString).orElse(null))
        .put("revoked", token.revoked().map(Instant::toString).orElse(null));
  }

  private RouteAnswer make(RouteRequest request) throws IOException {
    if (request instanceof JavalinRequest ours && ours.caller() instanceof Caller.Local) {
      return Answers.problem(403, "not_allowed", FIRST_TOKEN);
    }
    Optional<byte[]> body = request.body(LARGEST_BODY);
    if (body.isEmpty()) {
      return Answers.problem(413, "too_large", "A wish for a token has at most 16 KiB.");
    }
    TokenWishes.Read read = wishes.of(fields(body.get()));
    if (read.problem().isPresent()) {
      return Answers.problem(400, "bad_token_wish", read.problem().get());
    }
    ApiTokens.Made made = tokens.make(read.wish().orElseThrow(), actor(request));
    RouteAnswer.Bytes answer =
        (RouteAnswer.Bytes) Answers.json(201, shown(made.token()).put("token", made.secret()));
    return new RouteAnswer.Bytes(
        201, answer.contentType(), answer.body(), Map.of("Cache-Control", "no-store"));
  }

  private static Map<String, String> fields(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    try {
      JsonNode given = Answers.JSON.readTree(new String(body, StandardCharsets.UTF_8));
      for (String name : List.of("name", "role", "alerts", "expires")) {
        if (given.path(name).isTextual()) {
          fields.put(name, given.path(name).asText());
        }
      }
      return fields;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }

  private RouteAnswer revoke(RouteRequest request) {
    return tokens.revoke(request.pathPart("id"), actor(request))
        ? Answers.json(200, Answers.JSON.createObjectNode().put("ok", true))
        : Answers.problem(404, "unknown_token", "There is no such token, or it was revoked.");
  }

  /** Who acts, as the journal shows it; a program stands there as the bot. */
  static Actor actor(RouteRequest request) {
    return request
        .signedIn()
        .<Actor>map(name -> new Actor.Human(new Person(new UserRef("web", name), name)))
        .orElseGet(Actor.Bot::new);
  }
}
