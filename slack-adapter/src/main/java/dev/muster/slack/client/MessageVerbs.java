// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUnfurlRequest.UnfurlDetail;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.conversations.ConversationsCreateResponse;
import com.slack.api.model.Message;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.slack.pace.Ask;
import dev.muster.slack.render.MessageRenderer;
import dev.muster.slack.render.Rendered;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Posts and changes messages. A post carries a keyed hash as metadata; after a lost reply the
 * history is searched for it, twice and ten seconds apart, before anything is sent again.
 */
public final class MessageVerbs {

  /** Any member may read metadata, so it names the program and carries the hash, nothing else. */
  static final String METADATA_TYPE = "muster_message";

  static final String METADATA_KEY = "key";

  private static final String OPENED =
      "{\"ok\":true,\"channel\":{\"id\":\"C0\",\"name\":\"inc-1\",\"created\":1,\"is_channel\":true,"
          + "\"topic\":{\"value\":\"\",\"last_set\":0}}}";
  private static final String POSTED =
      "{\"ok\":true,\"channel\":\"C0\",\"ts\":\"1.2\",\"message\":{\"type\":\"message\",\"ts\":\"1.2\","
          + "\"text\":\"\"}}";

  private static final Set<String> BLOCKS_REFUSED =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long");

  private final SlackApi api;
  private final PostedBefore postedBefore;
  private final Attempts attempts;
  private final InstantSource clock;

  /** Creates the verbs. */
  public MessageVerbs(SlackApi api, Identity identity, Attempts attempts, InstantSource clock) {
    this.api = api;
    this.postedBefore = new PostedBefore(api, identity);
    this.attempts = attempts;
    this.clock = clock;
  }

  /** Posts a message once per key. */
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    if (!attempts.mayBeDone(key)) {
      return send(key, channel, thread, message);
    }
    return postedBefore
        .find(key, channel, thread)
        .match(
            found ->
                found
                    .<ChatOutcome<MessageRef>>map(
                        ts -> new ChatOutcome.Done<>(new MessageRef(channel, ts)))
                    .orElseGet(() -> sendWhenSurelyAbsent(key, channel, thread, message)),
            failure ->
                failure.kind() == ErrorClass.GONE
                    ? failure.outcome()
                    : new ChatOutcome.Unknown<>(
                        "Slack did not let us look for the message: " + failure.code()));
  }

  private ChatOutcome<MessageRef> sendWhenSurelyAbsent(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return attempts
        .absent(key, clock.instant())
        .<ChatOutcome<MessageRef>>map(
            wait ->
                new ChatOutcome.RetryLater<>("the message is not there; looking once more", wait))
        .orElseGet(() -> send(key, channel, thread, message));
  }

  private ChatOutcome<MessageRef> send(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    Rendered rendered = MessageRenderer.render(message);
    Reply<String> reply = post(key, channel.id(), thread, rendered);
    if (reply.failedWith("not_in_channel")) {
      Optional<Failure> outside = join(channel);
      if (outside.filter(MessageVerbs::passes).isPresent()) {
        attempts.didNothing(key);
        return new ChatOutcome.RetryLater<>(outside.get().finding(), outside.get().pause());
      }
      reply = outside.isEmpty() ? post(key, channel.id(), thread, rendered) : reply;
    }
    if (reply.failure().map(Failure::code).filter(BLOCKS_REFUSED::contains).isPresent()) {
      reply = post(key, channel.id(), thread, new Rendered(rendered.text(), List.of()));
    }
    if (reply.failure().map(f -> f.kind().nothingDone()).orElse(false)) {
      attempts.didNothing(key);
    }
    return reply.outcome(ts -> new MessageRef(channel, ts));
  }

  /** Sends one post, marked with the key, to a channel or, by user id, as a direct message. */
  Reply<String> post(OnceKey key, String channelId, Optional<String> thread, Rendered rendered) {
    ChatPostMessageRequest request = request(key.value(), channelId, thread, rendered);
    return api.write(Ask.post(key.urgency(), channelId), client -> client.chatPostMessage(request))
        .match(body -> new Reply.Got<>(body.getTs()), Reply.Failed::new);
  }

  private static ChatPostMessageRequest request(
      String key, String channelId, Optional<String> thread, Rendered rendered) {
    Message.Metadata metadata =
        Message.Metadata.builder()
            .eventType(METADATA_TYPE)
            .eventPayload(Map.of(METADATA_KEY, key))
            .build();
    return ChatPostMessageRequest.builder()
        .channel(channelId)
        .threadTs(thread.orElse(null))
        .text(rendered.text())
        .blocks(rendered.blocks().isEmpty() ? null : rendered.blocks())
        .mrkdwn(false)
        .unfurlLinks(false)
        .unfurlMedia(false)
        .metadata(metadata)
        .build();
  }

  /** Makes the body of a post, reads answers like Slack's, and sends nothing. */
  public void rehearse(BotMessage message) {
    Rendered rendered = MessageRenderer.render(message);
    RequestFormBuilder.toForm(request("", "", Optional.empty(), rendered)).build();
    api.reader().fromJson(OPENED, ConversationsCreateResponse.class);
    api.reader().fromJson(POSTED, ChatPostMessageResponse.class);
  }

  /** Joins a public channel; returns why the bot is still outside. */
  private Optional<Failure> join(ChannelRef channel) {
    return api.write(
            "conversations.join", client -> client.conversationsJoin(r -> r.channel(channel.id())))
        .failure()
        .filter(failure -> failure.kind() != ErrorClass.CONVERGED);
  }

  /** Returns whether the next try may get in. */
  private static boolean passes(Failure failure) {
    return switch (failure.kind()) {
      case THROTTLED, TRANSIENT, UNREACHED -> true;
      default -> false;
    };
  }

  /** Changes a message of ours. */
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    Rendered rendered = MessageRenderer.render(now);
    return api.write(
            Ask.edit(urgency, message.channel().id(), message.id()),
            client ->
                client.chatUpdate(
                    r ->
                        r.channel(message.channel().id())
                            .ts(message.id())
                            .text(rendered.text())
                            .blocks(rendered.blocks())))
        .done();
  }

  /** Deletes a message of ours; one that is gone counts as deleted. */
  public ChatOutcome<Nothing> delete(MessageRef message) {
    var reply =
        api.write(
            "chat.delete",
            client -> client.chatDelete(r -> r.channel(message.channel().id()).ts(message.id())));
    return reply.failedWith("message_not_found") ? ChatOutcome.done() : reply.done();
  }

  /** Pins a message. */
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return api.write(
            Ask.of("pins.add", Urgency.NEWS),
            client ->
                client.pinsAdd(r -> r.channel(message.channel().id()).timestamp(message.id())))
        .done();
  }

  /** Adds the bot's reaction. */
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return api.write(
            Ask.of("reactions.add", Urgency.NEWS),
            client ->
                client.reactionsAdd(
                    r -> r.channel(message.channel().id()).timestamp(message.id()).name(name)))
        .done();
  }

  /** Shows a card under a link of ours. */
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    var detail = UnfurlDetail.builder().blocks(MessageRenderer.render(card).blocks()).build();
    return api.write(
            Ask.of("chat.unfurl", Urgency.NEWS),
            client ->
                client.chatUnfurl(
                    r ->
                        r.channel(message.channel().id())
                            .ts(message.id())
                            .unfurls(Map.of(url, detail))))
        .done();
  }

  /** Returns where members read a message. */
  public ChatOutcome<String> permalink(MessageRef message) {
    return api.read(
            "chat.getPermalink",
            client ->
                client.chatGetPermalink(
                    r -> r.channel(message.channel().id()).messageTs(message.id())))
        .outcome(body -> body.getPermalink());
  }
}
