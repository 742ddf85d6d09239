// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks through the channels the bot is in, archived ones too. It never lists the channels of the
 * whole workspace: that is slow there and not needed here.
 */
final class OwnChannels {

  private static final int PAGE = 500;

  /** A bot in more channels than this is searched in vain rather than for minutes. */
  private static final int MOST_PAGES = 20;

  private final SlackApi api;

  OwnChannels(SlackApi api) {
    this.api = api;
  }

  /** Returns every channel the bot is in that fits. */
  Reply<List<Conversation>> find(boolean withArchived, Predicate<Conversation> fits) {
    List<Conversation> found = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Reply<Page> reply = page(withArchived, cursor);
      Optional<Failure> failure = reply.failure();
      if (failure.isPresent()) {
        return new Reply.Failed<>(failure.get());
      }
      Page got = ((Reply.Got<Page>) reply).body();
      got.channels().stream().filter(fits).forEach(found::add);
      cursor = got.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Reply.Got<>(found);
  }

  private Reply<Page> page(boolean withArchived, String cursor) {
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
                            .limit(PAGE)
                            .cursor(cursor)))
        .match(
            body ->
                new Reply.Got<>(
                    new Page(
                        body.getChannels() == null ? List.of() : body.getChannels(),
                        body.getResponseMetadata() == null
                                || body.getResponseMetadata().getNextCursor() == null
                            ? ""
                            : body.getResponseMetadata().getNextCursor())),
            Reply.Failed::new);
  }

  private record Page(List<Conversation> channels, String next) {}
}
