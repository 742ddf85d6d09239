// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.teams.client.Connector.Target;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.pace.Ask;
import dev.muster.teams.pace.Tier;
import dev.muster.teams.render.CardActivity;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Says something to one person alone: as a message that only they see where they asked, else in
 * their chat with the bot. What one person alone sees cannot be read back, so it is never sent a
 * second time when the first may have arrived. Thread-safe.
 */
public final class PrivateVerbs {

  /** Orders remembered; older ones have long been finished. */
  private static final int MOST_REMEMBERED = 1000;

  /** A chat of which we do not know whether it is open is asked for again after this. */
  private static final Duration OPENED_ANEW = Duration.ofSeconds(2);

  private final Wires wires;
  private final HomeTeams teams;
  private final Map<String, Boolean> notDone = new Recent<>(MOST_REMEMBERED);

  /** Creates the verb. */
  public PrivateVerbs(Wires wires, HomeTeams teams) {
    this.wires = wires;
    this.teams = teams;
  }

  /**
   * Where something was said to one person.
   *
   * @param where the conversation
   * @param id the message
   * @param targeted whether others are in that conversation too
   */
  record Told(Target where, String id, boolean targeted) {}

  /** Tells one person where they asked, while that lasts, else in their chat with the bot. */
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    Optional<String> place =
        to.handle().filter(handle -> wires.clock().instant().isBefore(to.expiresAt()));
    return tell(key, to.user(), place, message).map(unused -> Nothing.NOTHING);
  }

  /** Tells one person in their chat with the bot, and nowhere else. */
  ChatOutcome<MessageRef> tellDirectly(OnceKey key, UserRef user, BotMessage message) {
    return tell(key, user, Optional.empty(), message)
        .map(shown -> MessageIds.message(shown.where().id(), shown.id()));
  }

  private ChatOutcome<Told> tell(
      OnceKey key, UserRef user, Optional<String> place, BotMessage message) {
    if (key.mayHaveHappened() && !wasNotDone(key)) {
      return new ChatOutcome.Refused<>(
          "The answer may have been shown already, and a private answer is never sent twice.");
    }
    ChatOutcome<Told> outcome =
        say(
            new Whom(Tier.POST, key.urgency(), user, place),
            conversation ->
                CardActivity.of(wires.identity().botId(), conversation, message, Optional.empty()));
    remember(key, outcome);
    return outcome;
  }

  private synchronized boolean wasNotDone(OnceKey key) {
    return notDone.containsKey(key.value());
  }

  private synchronized void remember(OnceKey key, ChatOutcome<?> outcome) {
    if (outcome instanceof ChatOutcome.RetryLater<?>) {
      notDone.put(key.value(), true);
    } else {
      notDone.remove(key.value());
    }
  }

  /** Writes what is said, knowing where. */
  interface Saying {

    /** Returns it as it is said in a conversation. */
    Activity in(String conversation);
  }

  /**
   * Whom to say something to.
   *
   * @param tier whether it waits for its turn
   * @param urgency how urgent it is
   * @param user the person
   * @param place the conversation they asked in; empty for their chat with the bot
   */
  record Whom(Tier tier, Urgency urgency, UserRef user, Optional<String> place) {}

  /** Says something where others are too, else in the chat with the bot. */
  ChatOutcome<Told> say(Whom whom, Saying saying) {
    Optional<String> shared = whom.place().filter(this::isShared);
    if (shared.isPresent()) {
      ChatOutcome<Told> targeted = sayTargeted(whom, shared.get(), saying);
      if (!(targeted instanceof ChatOutcome.Refused<Told>)) {
        return targeted;
      }
    }
    return sayDirectly(whom, saying);
  }

  private boolean isShared(String conversation) {
    String channel = MessageIds.split(conversation).channel();
    return teams.conversation(channel).kind() != Kind.PERSONAL;
  }

  private ChatOutcome<Told> sayTargeted(Whom whom, String conversation, Saying saying) {
    String channel = MessageIds.split(conversation).channel();
    ChatOutcome<Target> target = teams.target(channel, conversation);
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return target.map(unused -> null);
    }
    Activity activity = saying.in(conversation);
    activity.setRecipient(new ChannelAccount(botUser(whom.user())));
    Ask ask = Ask.of(whom.tier(), whom.urgency(), conversation);
    return wires
        .connector()
        .sendTargeted(ask, where.value(), activity)
        .map(id -> new Told(where.value(), id, true));
  }

  private String botUser(UserRef user) {
    return wires.places().botUser(user.id()).orElse(user.id());
  }

  /** A chat that was remembered and is gone is opened anew, once. */
  private ChatOutcome<Told> sayDirectly(Whom whom, Saying saying) {
    boolean remembered = wires.places().direct(whom.user().id()).isPresent();
    ChatOutcome<Told> said = sayInChat(whom, saying);
    if (remembered && said.refusedFor(ChatOutcome.Cause.CHANNEL_GONE)) {
      wires.places().forgetDirect(whom.user().id());
      return sayInChat(whom, saying);
    }
    return said;
  }

  private ChatOutcome<Told> sayInChat(Whom whom, Saying saying) {
    ChatOutcome<String> chat = direct(whom);
    if (!(chat instanceof ChatOutcome.Done<String> id)) {
      return chat.map(unused -> null);
    }
    ChatOutcome<Target> target = teams.target(id.value(), id.value());
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return target.map(unused -> null);
    }
    return teams
        .untilCalled(wires.connector().send(whom.urgency(), where.value(), saying.in(id.value())))
        .map(message -> new Told(where.value(), message, false));
  }

  private ChatOutcome<String> direct(Whom whom) {
    UserRef user = whom.user();
    Optional<String> known = wires.places().direct(user.id());
    if (known.isPresent()) {
      return new ChatOutcome.Done<>(known.get());
    }
    ChatOutcome<Target> anywhere = teams.target("", "");
    if (!(anywhere instanceof ChatOutcome.Done<Target> where)) {
      return anywhere.map(unused -> null);
    }
    ChatOutcome<String> opened =
        wires
            .connector()
            .openDirect(
                whom.urgency(),
                where.value().serviceUrl(),
                wires.identity().botId(),
                botUser(user),
                wires.identity().tenantId());
    if (opened instanceof ChatOutcome.Done<String> done) {
      wires.places().keep(wires.places().rememberDirect(user.id(), done.value()));
    }
    // Asked again, Teams hands back the same chat; and nothing was said in it yet.
    return opened instanceof ChatOutcome.Unknown<String> unknown
        ? new ChatOutcome.RetryLater<>(unknown.reason(), OPENED_ANEW)
        : teams.untilCalled(opened);
  }
}
