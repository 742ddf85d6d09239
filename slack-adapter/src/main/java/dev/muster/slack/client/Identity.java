// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.methods.response.auth.AuthTestResponse;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who we are in the workspace: asked once with {@code auth.test}, then remembered. Thread-safe. */
public final class Identity {

  private final SlackApi api;
  private final AtomicReference<Self> known = new AtomicReference<>();

  /** Creates a holder that has asked nothing yet. */
  public Identity(SlackApi api) {
    this.api = api;
  }

  /**
   * The bot in its workspace.
   *
   * @param teamId the workspace
   * @param userId the bot's user
   * @param botId the bot
   * @param name what people type behind an at to mean the bot
   * @param url the workspace's address with a trailing slash
   * @param scopes what was granted; empty when Slack did not say
   * @param slackTime Slack's clock when it answered, to the second; empty when it did not say
   */
  public record Self(
      String teamId,
      String userId,
      String botId,
      String name,
      String url,
      Set<String> scopes,
      Optional<Instant> slackTime) {

    /** Returns where members open a channel. */
    public String channelUrl(String channelId) {
      return url + "archives/" + channelId;
    }

    /** Returns where members read a message. */
    public String messageUrl(String channelId, String ts, Optional<String> thread) {
      String link = channelUrl(channelId) + "/p" + ts.replace(".", "");
      return thread.map(root -> link + "?thread_ts=" + root + "&cid=" + channelId).orElse(link);
    }
  }

  /** Returns who we are, asking Slack if nobody has yet. */
  public Reply<Self> get() {
    Self self = known.get();
    return self == null ? ask() : new Reply.Got<>(self);
  }

  /** Returns who we are if Slack has been asked; asks nothing. */
  public Optional<Self> ifKnown() {
    return Optional.ofNullable(known.get());
  }

  /**
   * Returns what people type behind an at; until Slack was asked, as the shipped manifest has it.
   */
  public String calledName() {
    return ifKnown().map(Self::name).filter(name -> !name.isEmpty()).orElse("muster");
  }

  /** Asks Slack now. */
  public Reply<Self> ask() {
    return api.read("auth.test", client -> client.authTest(r -> r))
        .match(
            body -> {
              Self self = read(body);
              known.set(self);
              return new Reply.Got<>(self);
            },
            Reply.Failed::new);
  }

  private static Self read(AuthTestResponse body) {
    String url = body.getUrl() == null ? "https://slack.com/" : body.getUrl();
    return new Self(
        orEmpty(body.getTeamId()),
        orEmpty(body.getUserId()),
        orEmpty(body.getBotId()),
        orEmpty(body.getUser()),
        url.endsWith("/") ? url : url + "/",
        scopes(body.getHttpResponseHeaders()),
        date(body.getHttpResponseHeaders()));
  }

  private static Optional<Instant> date(Map<String, List<String>> headers) {
    return values(headers, "date")
        .findFirst()
        .flatMap(
            text -> {
              try {
                return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
              } catch (DateTimeParseException e) {
                return Optional.empty();
              }
            });
  }

  private static Stream<String> values(Map<String, List<String>> headers, String name) {
    return headers == null
        ? Stream.empty()
        : headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .flatMap(header -> header.getValue().stream());
  }

  private static Set<String> scopes(Map<String, List<String>> headers) {
    return values(headers, "x-oauth-scopes")
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::trim)
        .filter(scope -> !scope.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
