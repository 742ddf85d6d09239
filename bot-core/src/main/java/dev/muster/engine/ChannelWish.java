// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import java.util.Optional;

/**
 * Somebody was told that a channel is being opened. When the platform refuses it, they are told
 * what happened instead, with the mend, where they asked.
 */
final class ChannelWish {

  private static final String NONE = "-";
  private static final int PARTS = 3;

  private ChannelWish() {}

  private static String note(IncidentId incident, String platform) {
    return "channel-wish/" + incident + "/" + platform;
  }

  /** Remembers who waits for the channel of an incident on their platform. */
  static void made(Exchange exchange, Incident incident) {
    ReplyTo reply = exchange.reply();
    String kept =
        reply.thread().orElse(NONE) + " " + reply.channel().id() + " " + reply.user().id();
    exchange.moment().tx().keepNote(note(incident.id(), reply.user().platform()), kept);
  }

  /** Nobody waits any more: there is a channel. */
  static void granted(Moment moment, IncidentId incident, Space space) {
    if (space.thread().isEmpty()) {
      moment.tx().keepNote(note(incident, space.platform()), "");
    }
  }

  /** Tells whoever waits that there will be no channel. */
  static void refused(Moment moment, Incident incident, String platform, String reason) {
    String words = words(moment, incident, platform, reason);
    DeclareWindow.channelRefused(moment, incident, platform, words);
    String note = note(incident.id(), platform);
    moment
        .tx()
        .note(note)
        .filter(kept -> !kept.isEmpty())
        .map(kept -> reply(moment, platform, kept.split(" ", PARTS)))
        .ifPresent(
            reply -> {
              moment.tx().keepNote(note, "");
              new Orders(moment).tell(reply, BotMessage.line(words));
            });
  }

  private static ReplyTo reply(Moment moment, String platform, String[] kept) {
    return new ReplyTo(
        new UserRef(platform, kept[2]),
        new ChannelRef(platform, kept[1]),
        Optional.empty(),
        moment.now(),
        Optional.empty(),
        Optional.of(kept[0]).filter(thread -> !thread.equals(NONE)));
  }

  private static String words(Moment moment, Incident incident, String platform, String reason) {
    Optional<Space> now = incident.spaceOn(platform);
    String where =
        incident.isPrivate()
            ? "It goes on at its page: "
                + moment.settings().publicUrl()
                + "/incidents/"
                + incident.id()
            : now.isPresent()
                ? "It goes on where it is."
                : "It goes on in the thread of its announcement in #"
                    + moment.settings().announceChannel(platform)
                    + ".";
    return incident.id()
        + (now.isPresent() ? " got no new channel. " : " has no channel of its own. ")
        + sentence(reason)
        + " "
        + where;
  }

  private static String sentence(String reason) {
    return reason.endsWith(".") ? reason : "The platform refused it: " + reason + ".";
  }
}
