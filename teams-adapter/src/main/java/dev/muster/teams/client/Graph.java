// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.client.Failure.Kind;
import dev.muster.teams.pace.Ask;
import dev.muster.teams.pace.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Calls Microsoft Graph, one request per call, when its turn has come, and none repeated. The token
 * goes to the configured address alone, also when an answer names the next page. Thread-safe; calls
 * block.
 */
public final class Graph {

  /** Where a page tells the address of the one behind it. */
  public static final String NEXT = "@odata.nextLink";

  /** Graph's largest page of messages. */
  public static final String PAGE = "50";

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  /** More pages than the 1,000 channels of a full team need. */
  private static final int MOST_PAGES = 40;

  private final HttpUrl base;
  private final SignedCalls calls;
  private final boolean follows;

  /**
   * Creates a client; connects nothing.
   *
   * @param base ends with a slash, such as {@code https://graph.microsoft.com/v1.0/}
   * @param grants learns which calls go through and which are refused for want of a permission
   */
  public Graph(OkHttpClient http, String base, TokenSource tokens, Turns turns, Grants grants) {
    this.base = HttpUrl.get(base);
    this.follows = false;
    this.calls =
        new SignedCalls(
            http, tokens, turns, this::isOurs, Optional.of(new Consent(this.base, grants)));
  }

  private Graph(Graph first) {
    this.base = first.base;
    this.calls = first.calls;
    this.follows = true;
  }

  /** Returns the same for calls that go on with what a call before began: none is held back. */
  public Graph then() {
    return follows ? this : new Graph(this);
  }

  /** Returns Graph's time as of its last answer; empty before the first that told it. */
  public Optional<Instant> theirTime() {
    return calls.theirTime();
  }

  /** Returns an address below the base; every part becomes one encoded path segment. */
  public HttpUrl.Builder at(String... parts) {
    HttpUrl.Builder url = base.newBuilder();
    List<String> segments = base.pathSegments();
    if (segments.get(segments.size() - 1).isEmpty()) {
      url.removePathSegment(segments.size() - 1);
    }
    for (String part : parts) {
      url.addPathSegment(part);
    }
    return url;
  }

  /** Reads; {@code what} names the call in words for reasons. */
  public ChatOutcome<JsonNode> get(String what, HttpUrl url) {
    return body(send(what, Kind.READ, request(url).build(), Set.of()));
  }

  /** Reads all pages of a list, from the first address on. */
  public ChatOutcome<List<JsonNode>> list(String what, HttpUrl first) {
    List<JsonNode> all = new ArrayList<>();
    HttpUrl url = first;
    for (int page = 0; page < MOST_PAGES && url != null; page++) {
      ChatOutcome<JsonNode> read = (page == 0 ? this : then()).get(what, url);
      if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
        return read.map(unused -> List.of());
      }
      done.value().path("value").forEach(all::add);
      url = HttpUrl.parse(done.value().path(NEXT).asText(""));
    }
    return new ChatOutcome.Done<>(List.copyOf(all));
  }

  /**
   * Creates something. The answer carries the status, so that the caller can tell a made thing from
   * one that is still being made or whose name is taken.
   */
  public ChatOutcome<Created> create(String what, HttpUrl url, JsonNode body) {
    ChatOutcome<Created> created =
        send(what, Kind.CHANGE, request(url).post(json(body)).build(), Set.of(400, 403, 409))
            .map(sent -> new Created(sent.status(), sent.body()));
    boolean forbidden =
        created instanceof ChatOutcome.Done<Created> done
            && done.value().status() == 403
            && !done.value().teamFull();
    return forbidden
        ? Failure.status(what, Kind.CHANGE, 403, Failure.SHORT, Optional.empty())
        : created;
  }

  /** Asks for something to happen whose answer does not matter. */
  public ChatOutcome<JsonNode> act(String what, HttpUrl url, JsonNode body) {
    return body(send(what, Kind.CHANGE, request(url).post(json(body)).build(), Set.of()));
  }

  /** Changes something; the status 409 comes back as {@link Created#nameTaken()}. */
  public ChatOutcome<Created> patch(String what, HttpUrl url, JsonNode body) {
    return send(what, Kind.CHANGE, request(url).patch(json(body)).build(), Set.of(400, 409))
        .map(sent -> new Created(sent.status(), sent.body()));
  }

  /**
   * The answer to a creation.
   *
   * @param status 2xx, 400 or 409; 403 for a full team
   * @param body what was made, or the error
   */
  public record Created(int status, JsonNode body) {

    /** Returns whether it is there and usable. */
    public boolean made() {
      return status == 200 || status == 201 || status == 204;
    }

    /** Returns whether it was accepted and is still being made. */
    public boolean pending() {
      return status == 202;
    }

    /**
     * Returns whether the team takes no more channels. Graph says so by 403 with the sentence in
     * its error, earlier by a code of its own (microsoft-graph-docs, a report of 2020).
     */
    public boolean teamFull() {
      String error = body.path("error").toString().toLowerCase(Locale.ROOT);
      return error.contains("max allowed channels") || error.contains("resourcelimitexceeded");
    }

    /**
     * Returns whether the name was refused because another channel has it, or a deleted one still
     * reserves it. Graph says so by 409, or by 400 with the sentence in its error.
     */
    public boolean nameTaken() {
      String error = body.path("error").toString().toLowerCase(Locale.ROOT);
      return status == 409 || (status == 400 && error.contains("exist"));
    }
  }

  private ChatOutcome<SignedCalls.Sent> send(
      String what, Kind kind, Request request, Set<Integer> understood) {
    Ask ask = follows ? ask(request).then() : ask(request);
    SignedCalls.Turn turn = new SignedCalls.Turn(ask, request(base).build());
    return calls.send(what, kind, turn, request, understood);
  }

  /** Graph counts per team, and per channel or chat; which stands in the path. */
  private Ask ask(Request request) {
    List<String> path = request.url().pathSegments();
    int at = (int) base.pathSegments().stream().filter(part -> !part.isEmpty()).count();
    String kind = part(path, at);
    boolean inTeam = kind.equals("teams");
    String team = inTeam ? part(path, at + 1) : "";
    String place = inTeam ? part(path, at + 3) : kind.equals("chats") ? part(path, at + 1) : "";
    Tier tier = request.method().equals("GET") ? Tier.GRAPH_READ : Tier.GRAPH_CHANGE;
    return Ask.graph(tier, team, place);
  }

  private static String part(List<String> path, int at) {
    return at < path.size() ? path.get(at) : "";
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url);
  }

  private static ChatOutcome<JsonNode> body(ChatOutcome<SignedCalls.Sent> outcome) {
    return outcome.map(SignedCalls.Sent::body);
  }

  private boolean isOurs(HttpUrl url) {
    return url.host().equals(base.host())
        && url.port() == base.port()
        && url.scheme().equals(base.scheme());
  }

  private static RequestBody json(JsonNode body) {
    return RequestBody.create(Json.bytes(body), JSON);
  }
}
