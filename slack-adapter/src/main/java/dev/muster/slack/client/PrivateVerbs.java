// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.slack.pace.Ask;
import dev.muster.slack.render.MessageRenderer;
import dev.muster.slack.render.Rendered;
import java.io.IOException;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;

/**
 * Tells one person something privately: by the reply address while it lasts, else in the channel
 * for their eyes alone, else by direct message. The first two cannot be read back, so when one of
 * them may have been carried out the repetition goes by direct message, which can.
 */
public final class PrivateVerbs {

  private static final int REMEMBERED = 1_000;

  private final SlackApi api;
  private final MessageVerbs messages;
  private final Attempts attempts;
  private final ReplyHandles handles;
  private final InstantSource clock;
  private final Set<String> spoken = Collections.newSetFromMap(new Recent<>(REMEMBERED));

  /** Creates the verb. */
  public PrivateVerbs(
      SlackApi api,
      MessageVerbs messages,
      Attempts attempts,
      ReplyHandles handles,
      InstantSource clock) {
    this.api = api;
    this.messages = messages;
    this.attempts = attempts;
    this.handles = handles;
    this.clock = clock;
  }

  private enum Way {
    DONE,
    CLOSED,
    UNKNOWN
  }

  /** Tells one person. */
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    if (attempts.mayBeDone(key) || spokenBefore(key)) {
      return direct(key, to, message);
    }
    Rendered rendered = MessageRenderer.render(message);
    Optional<String> handle =
        to.handle().filter(h -> clock.instant().isBefore(to.expiresAt())).filter(handles::accepts);
    Way byHandle = handle.map(h -> byHandle(h, rendered)).orElse(Way.CLOSED);
    return switch (byHandle) {
      case DONE -> ChatOutcome.done();
      case UNKNOWN -> {
        mayHaveSpoken(key);
        yield new ChatOutcome.Unknown<>("Slack did not say whether the answer was shown");
      }
      case CLOSED -> ephemeral(key, to, message, rendered);
    };
  }

  private Way byHandle(String address, Rendered rendered) {
    Map<String, Object> body =
        Map.of(
            "response_type",
            "ephemeral",
            "replace_original",
            false,
            "text",
            rendered.text(),
            "blocks",
            rendered.blocks());
    try (Response response = api.plainHttp().postJsonBody(address, body)) {
      if (response.code() == 200) {
        return Way.DONE;
      }
      return response.code() >= 500 ? Way.UNKNOWN : Way.CLOSED;
    } catch (ConnectException e) {
      return Way.CLOSED;
    } catch (IOException e) {
      return Way.UNKNOWN;
    }
  }

  private ChatOutcome<Nothing> ephemeral(
      OnceKey key, ReplyTo to, BotMessage message, Rendered rendered) {
    if (!to.channel().id().startsWith("C") && !to.channel().id().startsWith("G")) {
      return direct(key, to, message);
    }
    Reply<?> reply =
        api.write(
            "chat.postEphemeral",
            client ->
                client.chatPostEphemeral(
                    r ->
                        r.channel(to.channel().id())
                            .user(to.user().id())
                            .threadTs(to.thread().orElse(null))
                            .text(rendered.text())
                            .blocks(rendered.blocks())));
    Optional<Failure> failure = reply.failure();
    if (failure.isEmpty()) {
      return ChatOutcome.done();
    }
    return switch (failure.get().kind()) {
      case GONE, INPUT, CONVERGED -> direct(key, to, message);
      case THROTTLED, UNREACHED, AUTH_DEAD, CONFIGURATION -> {
        attempts.didNothing(key);
        yield failure.get().outcome();
      }
      case TRANSIENT -> {
        mayHaveSpoken(key);
        yield failure.get().outcome();
      }
    };
  }

  /** Notes that nothing was sent as a direct message yet, though it may have been shown. */
  private void mayHaveSpoken(OnceKey key) {
    attempts.didNothing(key);
    synchronized (spoken) {
      spoken.add(key.value());
    }
  }

  private boolean spokenBefore(OnceKey key) {
    synchronized (spoken) {
      return spoken.contains(key.value());
    }
  }

  private ChatOutcome<Nothing> direct(OnceKey key, ReplyTo to, BotMessage message) {
    return api.write(
            Ask.of("conversations.open", key.urgency()),
            client -> client.conversationsOpen(r -> r.users(List.of(to.user().id()))))
        .match(
            body ->
                messages
                    .post(
                        key,
                        new ChannelRef("slack", body.getChannel().getId()),
                        Optional.empty(),
                        message)
                    .map(posted -> Nothing.NOTHING),
            Failure::outcome);
  }
}
