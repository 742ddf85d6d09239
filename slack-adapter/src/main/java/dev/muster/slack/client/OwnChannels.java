// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks through the channels the bot is in, archived ones too. It never lists the channels of the
 * whole workspace: that is slow there and not needed here.
 */
final class OwnChannels {

  private final SlackApi api;

  OwnChannels(SlackApi api) {
    this.api = api;
  }

  /** Returns every channel the bot is in that fits. */
  Reply<List<Conversation>> find(boolean withArchived, Predicate<Conversation> fits) {
    return ChannelPage.all(cursor -> page(withArchived, cursor), fits);
  }

  private Reply<ChannelPage> page(boolean withArchived, String cursor) {
    return api.read(
            "users.conversations",
            client ->
                client.usersConversations(
                    r ->
                        r.types(
                                List.of(
                                    ConversationType.PUBLIC_CHANNEL,
                                    ConversationType.PRIVATE_CHANNEL))
                            .excludeArchived(!withArchived)
                            .limit(ChannelPage.SIZE)
                            .cursor(cursor)))
        .match(
            body -> new Reply.Got<>(ChannelPage.of(body.getChannels(), body.getResponseMetadata())),
            Reply.Failed::new);
  }
}
