// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.connector.Conversations;
import com.microsoft.bot.connector.rest.ErrorResponseException;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import com.microsoft.bot.schema.ConversationParameters;
import com.microsoft.bot.schema.Error;
import com.microsoft.bot.schema.ErrorResponse;
import com.microsoft.bot.schema.PagedMembersResult;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.teams.client.BotCredentials.NoToken;
import dev.muster.teams.client.Failure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import retrofit2.Response;

/**
 * The verbs of the Bot Connector as outcomes. They go through the SDK's client; what the SDK does
 * not know, targeted messages, goes beside it. Nothing is repeated but a call refused with 401.
 * Thread-safe; calls block.
 */
public final class Connector {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  /** Pages of members read at most; a team has 25,000 members, a page up to 500. */
  private static final int MOST_PAGES = 50;

  private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(2);

  private final ConnectorClients clients;
  private final TokenSource tokens;
  private final SignedCalls calls;

  /** Creates the verbs; connects nothing. */
  public Connector(ConnectorClients clients, OkHttpClient http, TokenSource tokens) {
    this.clients = clients;
    this.tokens = tokens;
    this.calls = new SignedCalls(http, tokens, clients::allows, Optional.empty());
  }

  /**
   * A conversation and how to reach it.
   *
   * @param serviceUrl the connector's address for it
   * @param id its id; with {@code ;messageid=} for a thread
   */
  public record Target(String serviceUrl, String id) {}

  /** Posts; hands back the new message's id. */
  public ChatOutcome<String> send(Target to, Activity activity) {
    return change("Posting", to, c -> c.sendToConversation(to.id(), activity))
        .map(answer -> answer.getId());
  }

  /** Posts to a channel made a moment ago, which answers 403 or 404 until it is ready. */
  public ChatOutcome<String> sendToNew(Target to, Activity activity) {
    Call<String> call = c -> c.sendToConversation(to.id(), activity).thenApply(a -> a.getId());
    Tried<String> tried = tried("Posting", Kind.CHANGE, to, call);
    return tried.status() == 403 || tried.status() == 404
        ? new ChatOutcome.RetryLater<>("The new channel is not ready yet.", NOT_READY_PAUSE, true)
        : tried.outcome();
  }

  /** Changes a message of ours. */
  public ChatOutcome<Nothing> update(Target where, String id, Activity activity) {
    return change("Editing", where, c -> c.updateActivity(where.id(), id, activity))
        .map(unused -> Nothing.NOTHING);
  }

  /** Deletes a message of ours; one that is not there counts as deleted. */
  public ChatOutcome<Nothing> delete(Target where, String id) {
    Call<Nothing> call = c -> c.deleteActivity(where.id(), id).thenApply(unused -> Nothing.NOTHING);
    return run("Deleting", Kind.CHANGE, where, call, Set.of(404), Nothing.NOTHING);
  }

  /** Opens the one-to-one chat with a person, the same one each time; hands back its id. */
  public ChatOutcome<String> openDirect(String serviceUrl, String bot, String user, String tenant) {
    ConversationParameters wanted = new ConversationParameters();
    wanted.setIsGroup(false);
    wanted.setBot(new ChannelAccount(bot));
    wanted.setMembers(List.of(new ChannelAccount(user)));
    wanted.setTenantId(tenant);
    wanted.setChannelData(Json.object().set("tenant", Json.object().put("id", tenant)));
    Target anywhere = new Target(serviceUrl, "");
    return change("Opening a chat", anywhere, c -> c.createConversation(wanted))
        .map(answer -> answer.getId());
  }

  /** Looks one member up by either of their ids; empty when they are not in the conversation. */
  public ChatOutcome<Optional<Member>> member(Target where, String user) {
    Call<Optional<Member>> call =
        c -> c.getConversationMember(user, where.id()).thenApply(a -> Optional.of(Member.of(a)));
    Tried<Optional<Member>> tried = tried("Looking a person up", Kind.READ, where, call);
    boolean nobody = tried.status() == 400 || tried.status() == 404;
    boolean nowhere =
        tried.outcome().refusedFor(ChatOutcome.Cause.CHANNEL_GONE)
            || tried.outcome().refusedFor(ChatOutcome.Cause.NOT_A_MEMBER);
    return nobody && !nowhere ? new ChatOutcome.Done<>(Optional.empty()) : tried.outcome();
  }

  /** Lists all members. */
  public ChatOutcome<List<Member>> members(Target where) {
    List<Member> all = new ArrayList<>();
    String more = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      String from = more;
      Call<PagedMembersResult> call =
          c ->
              from == null
                  ? c.getConversationPagedMembers(where.id())
                  : c.getConversationPagedMembers(where.id(), from);
      ChatOutcome<PagedMembersResult> read =
          run("Listing members", Kind.READ, where, call, Set.of(), null);
      if (!(read instanceof ChatOutcome.Done<PagedMembersResult> done)) {
        return read.map(unused -> List.of());
      }
      done.value().getMembers().forEach(account -> all.add(Member.of(account)));
      more = done.value().getContinuationToken();
      if (more == null || more.isEmpty()) {
        break;
      }
    }
    return new ChatOutcome.Done<>(List.copyOf(all));
  }

  /**
   * Shows a message to the one member whom {@code activity} names as recipient; hands back its id.
   * The SDK does not know this call.
   */
  public ChatOutcome<String> sendTargeted(Target to, Activity activity) {
    HttpUrl url = targeted(to).build();
    Request request = new Request.Builder().url(url).post(body(activity)).build();
    return calls
        .send("Answering privately", Kind.CHANGE, request, Set.of())
        .map(sent -> sent.body().path("id").asText(""));
  }

  /** Changes a message that one member alone sees. */
  public ChatOutcome<Nothing> updateTargeted(Target where, String id, Activity activity) {
    HttpUrl url = targeted(where).addPathSegment(id).build();
    Request request = new Request.Builder().url(url).put(body(activity)).build();
    return calls
        .send("Changing a private answer", Kind.CHANGE, request, Set.of())
        .map(unused -> Nothing.NOTHING);
  }

  /** Returns the Entra group of a team by the id of its general channel; may be empty. */
  public ChatOutcome<String> group(String serviceUrl, String team) {
    HttpUrl url = below(serviceUrl, "v3", "teams", team).build();
    return calls
        .send("Reading a team", Kind.READ, new Request.Builder().url(url).build(), Set.of(404))
        .map(sent -> sent.body().path("aadGroupId").asText(""));
  }

  private static HttpUrl.Builder targeted(Target where) {
    return below(where.serviceUrl(), "v3", "conversations", where.id(), "activities")
        .addQueryParameter("isTargetedActivity", "true");
  }

  private static HttpUrl.Builder below(String serviceUrl, String... parts) {
    HttpUrl base = HttpUrl.get(serviceUrl);
    HttpUrl.Builder url = base.newBuilder();
    if (base.pathSegments().get(base.pathSize() - 1).isEmpty()) {
      url.removePathSegment(base.pathSize() - 1);
    }
    for (String part : parts) {
      url.addPathSegment(part);
    }
    return url;
  }

  private RequestBody body(Activity activity) {
    JsonNode tree = clients.json().serializer().valueToTree(activity);
    return RequestBody.create(Json.bytes(tree), JSON);
  }

  private interface Call<T> extends Function<Conversations, CompletableFuture<T>> {}

  private <T> ChatOutcome<T> change(String what, Target where, Call<T> call) {
    return run(what, Kind.CHANGE, where, call, Set.of(), null);
  }

  private <T> ChatOutcome<T> run(
      String what, Kind kind, Target where, Call<T> call, Set<Integer> fine, T instead) {
    Tried<T> tried = tried(what, kind, where, call);
    return fine.contains(tried.status()) ? new ChatOutcome.Done<>(instead) : tried.outcome();
  }

  private <T> Tried<T> tried(String what, Kind kind, Target where, Call<T> call) {
    String token = tokens.inHand();
    Tried<T> first = once(what, kind, where, call);
    if (first.status() != 401 || tokens.isAnonymous()) {
      return first;
    }
    tokens.drop(token);
    return once(what, kind, where, call);
  }

  private record Tried<T>(int status, ChatOutcome<T> outcome) {}

  private <T> Tried<T> once(String what, Kind kind, Target where, Call<T> call) {
    try {
      Conversations conversations = clients.of(where.serviceUrl()).getConversations();
      T value = call.apply(conversations).join();
      return new Tried<>(
          200, value == null ? Failure.unreadable(what, kind) : new ChatOutcome.Done<>(value));
    } catch (CompletionException e) {
      return failed(what, kind, e.getCause());
    } catch (ErrorResponseException e) {
      return failed(what, kind, e);
    } catch (IllegalArgumentException e) {
      return new Tried<>(
          0, new ChatOutcome.Refused<>(what + " would leave the hosts of service-url-hosts."));
    }
  }

  private static <T> Tried<T> failed(String what, Kind kind, Throwable cause) {
    if (cause instanceof ErrorResponseException error && error.response() != null) {
      Response<?> answer = error.response();
      ChatOutcome<T> outcome =
          answer.isSuccessful()
              ? Failure.unreadable(what, kind)
              : Failure.status(
                  what,
                  kind,
                  answer.code(),
                  Optional.ofNullable(answer.headers().get("Retry-After")),
                  said(error));
      return new Tried<>(answer.code(), outcome);
    }
    if (cause instanceof NoToken none) {
      return new Tried<>(0, none.why().map(unused -> null));
    }
    if (cause instanceof IOException broken) {
      return new Tried<>(0, Failure.connection(what, kind, broken));
    }
    return new Tried<>(0, Failure.unreadable(what, kind));
  }

  private static Optional<ErrorClass> said(ErrorResponseException error) {
    return Optional.ofNullable(error.body())
        .map(ErrorResponse::getError)
        .map(Error::getCode)
        .flatMap(ErrorClass::of);
  }
}
