// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.teams.client.Connector.Target;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.inbound.LateAnswers;
import dev.muster.teams.inbound.MessageIds;
import dev.muster.teams.inbound.PendingDialogs;
import dev.muster.teams.pace.Ask;
import dev.muster.teams.pace.Tier;
import dev.muster.teams.render.CardActivity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says something to one person alone: as a message that only they see where they asked, else in
 * their chat with the bot. Forms go the same way, unless a click of theirs waits for a dialog. What
 * one person alone sees cannot be read back, so it is never sent a second time when the first may
 * have arrived. Thread-safe.
 */
final class PrivateAnswers implements LateAnswers.Teller {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateAnswers.class);

  /** Orders and forms remembered; older ones have long been finished. */
  private static final int MOST_REMEMBERED = 1000;

  /** A chat of which we do not know whether it is open is asked for again after this. */
  private static final Duration OPENED_ANEW = Duration.ofSeconds(2);

  private final Wires wires;
  private final HomeTeams teams;
  private final PendingDialogs dialogs;
  private final Map<String, Boolean> notDone = new Recent<>();
  private final Map<String, OpenForm> open = new Recent<>();

  PrivateAnswers(Wires wires, HomeTeams teams, PendingDialogs dialogs) {
    this.wires = wires;
    this.teams = teams;
    this.dialogs = dialogs;
  }

  /**
   * A form that stands open for one person.
   *
   * @param where the conversation
   * @param id the message
   * @param targeted whether others are in that conversation too
   */
  private record OpenForm(Target where, String id, boolean targeted) {}

  /** Keeps the newest entries. Guarded by its owner. */
  private static final class Recent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    Optional<String> place =
        to.handle().filter(handle -> wires.clock().instant().isBefore(to.expiresAt()));
    return tell(key, to.user(), place, message).map(unused -> Nothing.NOTHING);
  }

  /** Tells one person in their chat with the bot, and nowhere else. */
  ChatOutcome<MessageRef> tellDirectly(OnceKey key, UserRef user, BotMessage message) {
    return tell(key, user, Optional.empty(), message)
        .map(shown -> MessageIds.message(shown.where().id(), shown.id()));
  }

  private ChatOutcome<OpenForm> tell(
      OnceKey key, UserRef user, Optional<String> place, BotMessage message) {
    if (key.mayHaveHappened() && !wasNotDone(key)) {
      return new ChatOutcome.Refused<>(
          "The answer may have been shown already, and a private answer is never sent twice.");
    }
    ChatOutcome<OpenForm> outcome =
        say(
            new Whom(Tier.POST, key.urgency(), user, place),
            conversation ->
                CardActivity.of(wires.config().botId(), conversation, message, Optional.empty()));
    remember(key, outcome);
    return outcome;
  }

  @Override
  public void tell(String delivery, ReplyTo to, BotMessage message) {
    note(tell(OnceKey.first("late-" + delivery, wires.clock().instant()), to, message));
  }

  @Override
  public void show(FormOpening opening, ReplyTo to, Form form) {
    note(openForm(opening, to.user(), form));
  }

  private static void note(ChatOutcome<Nothing> outcome) {
    if (!(outcome instanceof ChatOutcome.Done<Nothing>)) {
      LOG.warn("teams_late_answer_not_told outcome={}", outcome.getClass().getSimpleName());
    }
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

  private interface Saying {
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
  private record Whom(Tier tier, Urgency urgency, UserRef user, Optional<String> place) {}

  private ChatOutcome<OpenForm> say(Whom whom, Saying saying) {
    Optional<String> shared = whom.place().filter(this::isShared);
    if (shared.isPresent()) {
      ChatOutcome<OpenForm> targeted = sayTargeted(whom, shared.get(), saying);
      if (!(targeted instanceof ChatOutcome.Refused<OpenForm>)) {
        return targeted;
      }
    }
    return sayDirectly(whom, saying);
  }

  private boolean isShared(String conversation) {
    String channel = MessageIds.split(conversation).channel();
    return teams.conversation(channel).kind() != Kind.PERSONAL;
  }

  private ChatOutcome<OpenForm> sayTargeted(Whom whom, String conversation, Saying saying) {
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
        .map(id -> new OpenForm(where.value(), id, true));
  }

  private String botUser(UserRef user) {
    return wires.places().botUser(user.id()).orElse(user.id());
  }

  /** A chat that was remembered and is gone is opened anew, once. */
  private ChatOutcome<OpenForm> sayDirectly(Whom whom, Saying saying) {
    boolean remembered = wires.places().direct(whom.user().id()).isPresent();
    ChatOutcome<OpenForm> said = sayInChat(whom, saying);
    if (remembered && said.refusedFor(ChatOutcome.Cause.CHANNEL_GONE)) {
      wires.places().forgetDirect(whom.user().id());
      return sayInChat(whom, saying);
    }
    return said;
  }

  private ChatOutcome<OpenForm> sayInChat(Whom whom, Saying saying) {
    ChatOutcome<String> chat = direct(whom);
    if (!(chat instanceof ChatOutcome.Done<String> id)) {
      return chat.map(unused -> null);
    }
    ChatOutcome<Target> target = teams.target(id.value(), id.value());
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return target.map(unused -> null);
    }
    return wires
        .connector()
        .send(whom.urgency(), where.value(), saying.in(id.value()))
        .map(message -> new OpenForm(where.value(), message, false));
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
                wires.config().botId(),
                botUser(user),
                wires.config().tenantId());
    if (opened instanceof ChatOutcome.Done<String> done) {
      wires.places().keep(wires.places().rememberDirect(user.id(), done.value()));
    }
    // Asked again, Teams hands back the same chat; and nothing was said in it yet.
    return opened instanceof ChatOutcome.Unknown<String> unknown
        ? new ChatOutcome.RetryLater<>(unknown.reason(), OPENED_ANEW)
        : opened;
  }

  ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    if (!wires.clock().instant().isBefore(opening.expiresAt())) {
      return new ChatOutcome.Refused<>("The opening has expired.");
    }
    if (dialogs.show(opening, form)) {
      return ChatOutcome.done();
    }
    ChatOutcome<OpenForm> shown =
        say(
            new Whom(
                Tier.AT_ONCE, Urgency.ANSWER, user, Optional.of(PendingDialogs.place(opening))),
            conversation -> CardActivity.of(wires.config().botId(), conversation, form));
    if (shown instanceof ChatOutcome.Done<OpenForm> done) {
      remember(user, form, done.value());
    }
    return shown.map(unused -> Nothing.NOTHING);
  }

  private synchronized void remember(UserRef user, Form form, OpenForm where) {
    open.put(user.id() + " " + form.token(), where);
  }

  private synchronized Optional<OpenForm> remembered(UserRef user, Form form) {
    return Optional.ofNullable(open.get(user.id() + " " + form.token()));
  }

  ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    Optional<OpenForm> found = remembered(user, form);
    if (found.isEmpty()) {
      return new ChatOutcome.Refused<>("That form does not stand open.");
    }
    OpenForm at = found.get();
    Activity now = CardActivity.of(wires.config().botId(), at.where().id(), form);
    now.setId(at.id());
    if (!at.targeted()) {
      return wires.connector().update(Urgency.ANSWER, at.where(), at.id(), now);
    }
    return wires.connector().updateTargeted(at.where(), at.id(), now);
  }
}
