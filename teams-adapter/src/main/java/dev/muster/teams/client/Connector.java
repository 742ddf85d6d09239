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
import dev.muster.chat.spi.Urgency;
import dev.muster.teams.client.BotCredentials.NoToken;
import dev.muster.teams.client.Failure.Kind;
import dev.muster.teams.pace.Ask;
import dev.muster.teams.pace.Tier;
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
 * not know, targeted messages, goes beside it. A call goes when its turn has come, and none is
 * repeated but one refused with 401. Thread-safe; calls block.
 */
public final class Connector {

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

  /** Pages of members read at most; a team has 25,000 members, a page up to 500. */
  private static final int MOST_PAGES = 50;

  /** The connector takes 16 questions in two seconds; for more people all are listed. */
  private static final int MOST_LOOKED_UP = 8;

  private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(2);

  /** Stands for the status of a call that was not sent. */
  private static final int NEVER_LEFT = -1;

  private final SdkClients clients;
  private final TokenSource tokens;
  private final SignedCalls calls;
  private final Turns turns;

  /** Creates the verbs; connects nothing. */
  public Connector(SdkClients clients, OkHttpClient http, TokenSource tokens, Turns turns) {
    this.clients = clients;
    this.tokens = tokens;
    this.turns = turns;
    this.calls = new SignedCalls(http, tokens, turns, clients::allows, Optional.empty());
  }

  /**
   * A conversation and how to reach it.
   *
   * @param serviceUrl the connector's address for it
   * @param id its id; with {@code ;messageid=} for a thread
   */
  public record Target(String serviceUrl, String id) {}

  /** Posts; hands back the new message's id. */
  public ChatOutcome<String> send(Urgency urgency, Target to, Activity activity) {
    Ask ask = Ask.of(Tier.POST, urgency, to.id());
    return change("Posting", ask, to, c -> c.sendToConversation(to.id(), activity))
        .map(answer -> answer.getId());
  }

  /** Posts to a channel made a moment ago, which answers 403 or 404 until it is ready. */
  public ChatOutcome<String> sendToNew(Urgency urgency, Target to, Activity activity) {
    Call<String> call = c -> c.sendToConversation(to.id(), activity).thenApply(a -> a.getId());
    Ask ask = Ask.of(Tier.POST, urgency, to.id());
    Tried<String> tried = tried("Posting", ask, to, call);
    return tried.status() == 403 || tried.status() == 404
        ? new ChatOutcome.RetryLater<>("The new channel is not ready yet.", NOT_READY_PAUSE, true)
        : tried.outcome();
  }

  /** Changes a message of ours. */
  public ChatOutcome<Nothing> update(Urgency urgency, Target where, String id, Activity activity) {
    Ask ask = Ask.edit(urgency, where.id(), id);
    return change("Editing", ask, where, c -> c.updateActivity(where.id(), id, activity))
        .map(unused -> Nothing.NOTHING);
  }

  /** Deletes a message of ours; one that is not there counts as deleted. */
  public ChatOutcome<Nothing> delete(Target where, String id) {
    Call<Nothing> call = c -> c.deleteActivity(where.id(), id).thenApply(unused -> Nothing.NOTHING);
    Ask ask = Ask.edit(Urgency.CARD, where.id(), "");
    return run("Deleting", ask, where, call, new Fine<>(Set.of(404), Nothing.NOTHING));
  }

  /** Opens the one-to-one chat with a person, the same one each time; hands back its id. */
  public ChatOutcome<String> openDirect(
      Urgency urgency, String serviceUrl, String bot, String user, String tenant) {
    ConversationParameters wanted = new ConversationParameters();
    wanted.setIsGroup(false);
    wanted.setBot(new ChannelAccount(bot));
    wanted.setMembers(List.of(new ChannelAccount(user)));
    wanted.setTenantId(tenant);
    wanted.setChannelData(Json.object().set("tenant", Json.object().put("id", tenant)));
    Target anywhere = new Target(serviceUrl, "");
    Ask ask = Ask.of(Tier.POST, urgency, "");
    return change("Opening a chat", ask, anywhere, c -> c.createConversation(wanted))
        .map(answer -> answer.getId());
  }

  /** Looks one member up by either of their ids; empty when they are not in the conversation. */
  public ChatOutcome<Optional<Member>> member(Target where, String user) {
    return member(Ask.of(Tier.PEOPLE, Urgency.CARD, where.id()), where, user);
  }

  private ChatOutcome<Optional<Member>> member(Ask ask, Target where, String user) {
    Call<Optional<Member>> call =
        c -> c.getConversationMember(user, where.id()).thenApply(a -> Optional.of(Member.of(a)));
    Tried<Optional<Member>> tried = tried("Looking a person up", ask, where, call);
    boolean nobody = tried.status() == 400 || tried.status() == 404;
    boolean nowhere =
        tried.outcome().refusedFor(ChatOutcome.Cause.CHANNEL_GONE)
            || tried.outcome().refusedFor(ChatOutcome.Cause.NOT_A_MEMBER);
    return nobody && !nowhere ? new ChatOutcome.Done<>(Optional.empty()) : tried.outcome();
  }

  /** Looks several members up, in order, by either of their ids. */
  public ChatOutcome<List<Optional<Member>>> members(Target where, List<String> users) {
    if (users.size() > MOST_LOOKED_UP) {
      return members(where).map(all -> users.stream().map(user -> among(all, user)).toList());
    }
    Ask ask = Ask.of(Tier.PEOPLE, Urgency.CARD, where.id());
    List<Optional<Member>> found = new ArrayList<>();
    for (String user : users) {
      ChatOutcome<Optional<Member>> read = member(found.isEmpty() ? ask : ask.then(), where, user);
      if (!(read instanceof ChatOutcome.Done<Optional<Member>> done)) {
        return read.map(unused -> List.of());
      }
      found.add(done.value());
    }
    return new ChatOutcome.Done<>(List.copyOf(found));
  }

  private static Optional<Member> among(List<Member> all, String user) {
    return all.stream().filter(member -> member.is(user)).findFirst();
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
      Ask ask = Ask.of(Tier.PEOPLE, Urgency.CARD, where.id());
      ChatOutcome<PagedMembersResult> read =
          change("Listing members", page == 0 ? ask : ask.then(), where, call);
      if (!(read instanceof ChatOutcome.Done<PagedMembersResult> done)) {
        return read.map(unused -> List.of());
      }
      if (done.value().getMembers() == null) {
        return Failure.unreadable("Listing members", Kind.READ);
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
  public ChatOutcome<String> sendTargeted(Ask ask, Target to, Activity activity) {
    HttpUrl url = targeted(to).build();
    Request request = new Request.Builder().url(url).post(body(activity)).build();
    return calls
        .send("Answering privately", Kind.CHANGE, turn(ask, to), request, Set.of())
        .map(sent -> sent.body().path("id").asText(""));
  }

  /** Changes a message that one member alone sees. */
  public ChatOutcome<Nothing> updateTargeted(Target where, String id, Activity activity) {
    HttpUrl url = targeted(where).addPathSegment(id).build();
    Request request = new Request.Builder().url(url).put(body(activity)).build();
    SignedCalls.Turn turn = turn(Ask.of(Tier.AT_ONCE, Urgency.ANSWER, where.id()), where);
    return calls
        .send("Changing a private answer", Kind.CHANGE, turn, request, Set.of())
        .map(unused -> Nothing.NOTHING);
  }

  /** Returns the Entra group of a team by the id of its general channel; may be empty. */
  public ChatOutcome<String> group(String serviceUrl, String team) {
    HttpUrl url = below(serviceUrl, "v3", "teams", team).build();
    Request request = new Request.Builder().url(url).build();
    Ask ask = Ask.of(Tier.PEOPLE, Urgency.CARD, team);
    return calls
        .send("Reading a team", Kind.READ, new SignedCalls.Turn(ask, request), request, Set.of(404))
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

  /** Statuses that the caller takes for done, and what they stand for. */
  private record Fine<T>(Set<Integer> statuses, T instead) {}

  private <T> ChatOutcome<T> change(String what, Ask ask, Target where, Call<T> call) {
    return run(what, ask, where, call, new Fine<>(Set.of(), null));
  }

  private <T> ChatOutcome<T> run(String what, Ask ask, Target where, Call<T> call, Fine<T> fine) {
    Tried<T> tried = tried(what, ask, where, call);
    return fine.statuses().contains(tried.status())
        ? new ChatOutcome.Done<>(fine.instead())
        : tried.outcome();
  }

  /** Finds out whether the connector is back by a question about the same conversation. */
  private static SignedCalls.Turn turn(Ask ask, Target where) {
    HttpUrl url =
        where.id().isEmpty()
            ? below(where.serviceUrl(), "v3", "conversations").build()
            : below(where.serviceUrl(), "v3", "conversations", where.id(), "pagedmembers")
                .addQueryParameter("pageSize", "1")
                .build();
    return new SignedCalls.Turn(ask, new Request.Builder().url(url).build());
  }

  private <T> Tried<T> tried(String what, Ask ask, Target where, Call<T> call) {
    Optional<Duration> wait =
        clients.allows(HttpUrl.get(where.serviceUrl()))
            ? turns.wait(ask, () -> calls.tries(turn(ask, where)))
            : Optional.empty();
    if (wait.isPresent()) {
      return new Tried<>(NEVER_LEFT, Turns.held(what, wait.get()));
    }
    String token = tokens.inHand();
    Tried<T> first = once(what, ask, where, call);
    if (first.status() != 401 || tokens.isAnonymous()) {
      return first;
    }
    tokens.drop(token);
    return once(what, ask, where, call);
  }

  private record Tried<T>(int status, ChatOutcome<T> outcome) {}

  private <T> Tried<T> once(String what, Ask ask, Target where, Call<T> call) {
    Tried<T> tried = sent(what, ask, where, call);
    if (tried.status() != NEVER_LEFT) {
      turns.answered(ask, tried.status());
      turns.counted(ask, tried.outcome());
    }
    return tried;
  }

  private <T> Tried<T> sent(String what, Ask ask, Target where, Call<T> call) {
    try {
      Conversations conversations = clients.of(where.serviceUrl()).getConversations();
      T value = call.apply(conversations).join();
      return new Tried<>(
          200, value == null ? Failure.unreadable(what, kind(ask)) : new ChatOutcome.Done<>(value));
    } catch (CompletionException e) {
      return failed(what, ask, e.getCause());
    } catch (ErrorResponseException e) {
      return failed(what, ask, e);
    } catch (IllegalArgumentException e) {
      return new Tried<>(
          NEVER_LEFT,
          new ChatOutcome.Refused<>(what + " would leave the hosts of service-url-hosts."));
    }
  }

  private static Kind kind(Ask ask) {
    return ask.tier().isReading() ? Kind.READ : Kind.CHANGE;
  }

  private <T> Tried<T> failed(String what, Ask ask, Throwable cause) {
    if (cause instanceof ErrorResponseException error && error.response() != null) {
      Response<?> answer = error.response();
      return new Tried<>(
          answer.code(),
          answer.isSuccessful()
              ? Failure.unreadable(what, kind(ask))
              : Failure.status(what, kind(ask), answer.code(), after(ask, answer), said(error)));
    }
    if (cause instanceof NoToken none) {
      return new Tried<>(NEVER_LEFT, none.why().map(unused -> null));
    }
    return new Tried<>(
        0,
        cause instanceof IOException broken
            ? Failure.connection(what, kind(ask), broken)
            : Failure.unreadable(what, kind(ask)));
  }

  private Duration after(Ask ask, Response<?> answer) {
    return turns.refused(ask, answer.code(), answer.headers().get("Retry-After"));
  }

  private static Optional<ErrorClass> said(ErrorResponseException error) {
    return Optional.ofNullable(error.body())
        .map(ErrorResponse::getError)
        .map(Error::getCode)
        .flatMap(ErrorClass::of);
  }
}
