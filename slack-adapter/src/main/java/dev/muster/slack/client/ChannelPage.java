// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import com.slack.api.model.ResponseMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One page of a list of channels.
 *
 * @param channels what stands on it
 * @param next the cursor of the next page; empty on the last
 */
public record ChannelPage(List<Conversation> channels, String next) {

  /** How many channels are asked for at once. */
  public static final int SIZE = 500;

  /** A list of more pages than this is read in vain rather than for minutes. */
  private static final int MOST = 20;

  /** Makes a page of what Slack answered, which leaves out what is empty. */
  public static ChannelPage of(List<Conversation> channels, ResponseMetadata more) {
    return new ChannelPage(
        channels == null ? List.of() : channels,
        more == null || more.getNextCursor() == null ? "" : more.getNextCursor());
  }

  /** Reads page after page, each by its cursor, and returns the channels that fit. */
  public static Reply<List<Conversation>> all(
      Function<String, Reply<ChannelPage>> read, Predicate<Conversation> fits) {
    List<Conversation> found = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < MOST; page++) {
      Reply<ChannelPage> reply = read.apply(cursor);
      Optional<Failure> failure = reply.failure();
      if (failure.isPresent()) {
        return new Reply.Failed<>(failure.get());
      }
      ChannelPage got = ((Reply.Got<ChannelPage>) reply).body();
      got.channels().stream().filter(fits).forEach(found::add);
      cursor = got.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Reply.Got<>(found);
  }
}
