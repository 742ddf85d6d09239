// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.About;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes orders with the lane, the priority and the lane they come after. Lanes: what must keep its
 * order shares one; everything else runs at once.
 */
final class Orders {

  private final Moment moment;

  Orders(Moment moment) {
    this.moment = moment;
  }

  private void add(
      Effect effect, String lane, Priority priority, Optional<IncidentId> incident, String after) {
    moment.tx().effects().add(new NewEffect(effect, lane, priority, incident, after, moment.now()));
  }

  /** Returns the lane of one purpose of an incident on a platform. */
  static String lane(IncidentId incident, String platform, String purpose) {
    return incident + "/" + platform + "/" + purpose;
  }

  /** Returns the lane in which the incident's channel is opened. */
  static String openLane(IncidentId incident, String platform) {
    return lane(incident, platform, "open");
  }

  void openChannel(IncidentId incident, String platform, ChannelSpec spec) {
    add(
        new Effect.OpenChannel(incident, platform, spec),
        openLane(incident, platform),
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  void setTopic(IncidentId incident, String platform, String topic, String purpose) {
    add(
        new Effect.SetTopic(incident, platform, topic, purpose),
        lane(incident, platform, "topic"),
        Priority.CARDS,
        Optional.of(incident),
        openLane(incident, platform));
  }

  /**
   * Where everybody is in from the start an invitation is a post, and the headline is the first.
   */
  void invite(IncidentId incident, String platform, List<Person> people) {
    add(
        new Effect.InvitePeople(incident, platform, people),
        lane(incident, platform, "invite"),
        Priority.CARDS,
        Optional.of(incident),
        isHeadlineOnItsWay(incident, platform)
            ? headlineLane(incident, platform)
            : openLane(incident, platform));
  }

  private boolean isHeadlineOnItsWay(IncidentId incident, String platform) {
    String lane = headlineLane(incident, platform);
    return !stands(new Target.InIncident(incident, platform), Cards.HEADLINE)
        && moment.tx().effects().unfinished(incident).stream().anyMatch(e -> lane.equals(e.lane()));
  }

  /** Lets the incident go on in the thread of its announcement, which is ordered already. */
  void openThread(IncidentId incident, String platform) {
    add(
        new Effect.OpenThread(incident, platform),
        openLane(incident, platform),
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  void bookmark(IncidentId incident, String platform, String title, String url) {
    add(
        new Effect.AddBookmark(incident, platform, title, url),
        lane(incident, platform, "bookmark"),
        Priority.BACKGROUND,
        Optional.of(incident),
        openLane(incident, platform));
  }

  void unbookmark(IncidentId incident, String platform, String url) {
    add(
        new Effect.RemoveBookmark(incident, platform, url),
        lane(incident, platform, "bookmark"),
        Priority.BACKGROUND,
        Optional.of(incident),
        openLane(incident, platform));
  }

  void join(IncidentId incident, String platform, Instant since) {
    add(
        new Effect.JoinChannel(incident, platform, since),
        lane(incident, platform, "join"),
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  /** Lets what was said lately be read once more; one order for a channel waits, and reads all. */
  void readAgain(IncidentId incident, ChannelRef channel, Instant since) {
    Instant from =
        waiting(new Effect.ReadAgain(channel, since))
            .map(effect -> ((Effect.ReadAgain) effect).since())
            .filter(since::isAfter)
            .orElse(since);
    add(
        new Effect.ReadAgain(channel, from),
        "history-again/" + channel.platform(),
        Priority.BACKGROUND,
        Optional.of(incident),
        "");
  }

  void checkMembers(IncidentId incident, String platform) {
    add(
        new Effect.CheckMembers(incident, platform),
        lane(incident, platform, "members"),
        Priority.BACKGROUND,
        Optional.of(incident),
        openLane(incident, platform));
  }

  private Optional<Effect> waiting(Effect like) {
    return moment.tx().effects().replaceable(like).map(QueuedEffect::effect);
  }

  /**
   * Lets a channel be read from a moment on. An order for it that waits reads all of it, one that
   * was begun does not; a platform is read one channel after the other.
   */
  void readHistory(Optional<IncidentId> incident, ChannelRef channel, Instant since) {
    Instant from =
        waiting(new Effect.ReadHistory(channel, since))
            .map(effect -> ((Effect.ReadHistory) effect).since())
            .filter(since::isAfter)
            .orElse(since);
    String lane = "history/" + channel.platform();
    add(new Effect.ReadHistory(channel, from), lane, Priority.CARDS, incident, "");
  }

  void archive(IncidentId incident, String platform) {
    add(
        new Effect.ArchiveChannel(incident, platform),
        lane(incident, platform, "archive"),
        Priority.BACKGROUND,
        Optional.of(incident),
        "");
  }

  void unarchive(IncidentId incident, String platform) {
    add(
        new Effect.UnarchiveChannel(incident, platform),
        lane(incident, platform, "archive"),
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  /** Shows a message in a slot of the incident's channel; the headline is the first one there. */
  void show(
      IncidentId incident, String platform, String slot, Priority priority, BotMessage message) {
    Target target = new Target.InIncident(incident, platform);
    boolean waits = !slot.equals(Cards.HEADLINE) && !stands(target, Cards.HEADLINE);
    show(
        new Effect.ShowMessage(target, slot, "", about(incident, message)),
        incident,
        priority,
        waits ? headlineLane(incident, platform) : openLane(incident, platform));
  }

  /** Shows a message in a slot of the thread that hangs under the headline. */
  void showUnderHeadline(
      IncidentId incident, String platform, String slot, Priority priority, BotMessage message) {
    Target target = new Target.InIncident(incident, platform);
    show(
        new Effect.ShowMessage(target, slot, Cards.HEADLINE, about(incident, message)),
        incident,
        priority,
        headlineLane(incident, platform));
  }

  private void show(Effect.ShowMessage effect, IncidentId incident, Priority at, String after) {
    String lane = lane(incident, effect.target().platform(), "slot/" + effect.slot());
    add(effect, lane, at, Optional.of(incident), after);
  }

  static String headlineLane(IncidentId incident, String platform) {
    return lane(incident, platform, "slot/" + Cards.HEADLINE);
  }

  BotMessage about(IncidentId incident, BotMessage message) {
    String page = moment.settings().publicUrl() + "/incidents/" + incident;
    return message.withAbout(new About(incident.toString(), page));
  }

  private boolean stands(Target target, String slot) {
    return moment.tx().slots().find(EffectCarrier.slotKey(target), slot).isPresent();
  }

  /** Pins the message in a slot once it is there. */
  void pin(IncidentId incident, String platform, String slot) {
    add(
        new Effect.PinMessage(new Target.InIncident(incident, platform), slot),
        lane(incident, platform, "slot/" + slot),
        Priority.CARDS,
        Optional.of(incident),
        openLane(incident, platform));
  }

  /** Shows a message where incidents are announced. */
  void announce(IncidentId incident, String platform, String slot, String thread, BotMessage says) {
    String lane = "announce/" + platform + "/" + slot;
    String after = thread.isEmpty() ? "" : "announce/" + platform + "/" + thread;
    add(
        new Effect.ShowMessage(
            new Target.Announcements(platform), slot, thread, about(incident, says)),
        lane,
        Priority.CARDS,
        Optional.of(incident),
        after);
  }

  /**
   * Shows a line under the announcement; where there is none, or the incident itself goes on there,
   * it is left out.
   */
  void log(IncidentId incident, String platform, String slot, BotMessage line) {
    String thread = Cards.announcementSlot(incident);
    String under = logSlot(incident, slot);
    add(
        new Effect.ShowMessage(
            new Target.Announcements(platform), under, thread, about(incident, line)),
        "announce/" + platform + "/" + under,
        Priority.BACKGROUND,
        Optional.of(incident),
        "announce/" + platform + "/" + thread);
  }

  /** Returns the slot under the announcement that repeats a slot of the incident's channel. */
  static String logSlot(IncidentId incident, String slot) {
    return incident + "/" + slot;
  }

  /** Takes back what stands where incidents are announced, or is on its way there. */
  void withdraw(IncidentId incident, Target target, String slot, Optional<BotMessage> instead) {
    String lane =
        target instanceof Target.Announcements
            ? "announce/" + target.platform() + "/" + slot
            : target instanceof Target.InIncident in
                ? lane(in.incident(), in.platform(), "slot/" + slot)
                : "slot/" + EffectCarrier.slotKey(target) + "/" + slot;
    add(
        new Effect.WithdrawMessage(incident, target, slot, instead),
        lane,
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  /** Closes a channel that the incident has moved out of, once the next one is there or cannot. */
  void leave(Effect.LeaveChannel effect) {
    String platform = effect.channel().platform();
    add(
        effect,
        lane(effect.incident(), platform, "leave"),
        Priority.CARDS,
        Optional.of(effect.incident()),
        openLane(effect.incident(), platform));
  }

  /** Shows a message anywhere else. */
  void show(Target target, String slot, String thread, Priority priority, BotMessage message) {
    add(
        new Effect.ShowMessage(target, slot, thread, message),
        "slot/" + EffectCarrier.slotKey(target) + "/" + slot,
        priority,
        Optional.empty(),
        "");
  }

  /** Tells somebody news of an incident; what one person is told of it keeps its order. */
  void tellNews(IncidentId incident, UserRef user, String slot, BotMessage message) {
    Target target = new Target.Direct(user);
    add(
        new Effect.ShowMessage(target, incident + "/" + slot, "", about(incident, message)),
        lane(incident, user.platform(), "news/" + user),
        Priority.BACKGROUND,
        Optional.empty(),
        "");
  }

  /** Shows an answer to an alert message, not before {@code due}; a newer one replaces it. */
  void showAt(Target target, String slot, String thread, Instant due, BotMessage message) {
    moment
        .tx()
        .effects()
        .add(
            new NewEffect(
                new Effect.ShowMessage(target, slot, thread, message),
                "slot/" + EffectCarrier.slotKey(target) + "/" + slot,
                Priority.ALERTS,
                Optional.empty(),
                "",
                due));
  }

  void tell(ReplyTo to, BotMessage message) {
    add(
        new Effect.TellPerson(to, message),
        "tell/" + to.user(),
        Priority.PEOPLE,
        Optional.empty(),
        "");
  }

  void openForm(FormOpening opening, Form form, ReplyTo to, BotMessage fallback) {
    add(
        new Effect.OpenForm(opening, form, to, fallback),
        "form/" + to.user(),
        Priority.PEOPLE,
        Optional.empty(),
        "");
  }

  void react(IncidentId incident, MessageRef message, String name) {
    add(
        new Effect.AddReaction(message, name),
        "react/" + message,
        Priority.CARDS,
        Optional.of(incident),
        "");
  }

  void showHome(UserRef user, boolean asked) {
    add(
        new Effect.ShowHome(user, asked),
        "home/" + user,
        asked ? Priority.CARDS : Priority.BACKGROUND,
        Optional.empty(),
        "");
  }

  void updateForm(UserRef user, Form form) {
    add(new Effect.UpdateForm(user, form), "form/" + user, Priority.PEOPLE, Optional.empty(), "");
  }

  void showLink(MessageRef message, String url) {
    add(
        new Effect.ShowLink(message, url),
        "link/" + message + "/" + url,
        Priority.CARDS,
        Optional.empty(),
        "");
  }

  void readMessage(IncidentId incident, MessageRef message) {
    add(
        new Effect.ReadMessage(incident, message),
        "read/" + message,
        Priority.BACKGROUND,
        Optional.empty(),
        "");
  }

  void call(IncidentId incident, String run, String step, int attempt) {
    add(
        new Effect.CallStep(incident, run, step, attempt),
        "step/" + run + "/" + step,
        Priority.PEOPLE,
        Optional.of(incident),
        "");
  }
}
