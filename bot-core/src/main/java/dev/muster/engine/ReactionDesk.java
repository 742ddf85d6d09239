// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Person;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns reactions into orders and timers, in the transaction of the facts that caused them. */
final class ReactionDesk {

  private final Tokens tokens;
  private final Escalations escalations;
  private final StatusUpdates updates;
  private final RoomReading reading;
  private final HomeDesk homes;
  private final FirstSteps steps;

  ReactionDesk(
      Tokens tokens,
      Escalations escalations,
      StatusUpdates updates,
      RoomReading reading,
      HomeDesk homes,
      FirstSteps steps) {
    this.tokens = tokens;
    this.escalations = escalations;
    this.updates = updates;
    this.reading = reading;
    this.homes = homes;
    this.steps = steps;
  }

  /**
   * Carries out reactions to facts that were just written; {@code incident} is the newest. Channels
   * come first, then the cards, so that the headline is the first message, then what is said.
   */
  void carryOut(Moment moment, Incident incident, Set<Reaction> reactions, Actor actor) {
    if (!reactions.isEmpty()) {
      homes.changed(moment);
    }
    Set<Person> invited = new LinkedHashSet<>();
    List<Reaction> later = new ArrayList<>();
    for (Reaction reaction : reactions) {
      if (reaction instanceof Reaction.Invite r) {
        invited.addAll(r.people());
      } else if (reaction instanceof Reaction.OpenChannels) {
        openChannels(moment, incident);
      } else if (reaction instanceof Reaction.PlanSummaries) {
        updates.plan(moment, incident);
        CommandWatch.plan(moment, incident);
      } else if (!(reaction instanceof Reaction.RefreshCards)) {
        later.add(reaction);
      }
    }
    Incident shown = incident;
    if (reactions.contains(new Reaction.RefreshCards())) {
      shown = Facts.fresh(moment, incident);
      refresh(moment, shown);
    }
    if (!invited.isEmpty()) {
      invite(moment, incident, new ArrayList<>(invited));
    }
    later.forEach(reaction -> carryOut(moment, incident, reaction, actor));
    Incident newest = Facts.fresh(moment, incident);
    if (newest.version() != shown.version()) {
      refresh(moment, newest);
    }
  }

  private void carryOut(Moment moment, Incident incident, Reaction reaction, Actor actor) {
    if (reaction instanceof Reaction.FurnishChannel r) {
      Orders orders = new Orders(moment);
      RoomWatch.plan(moment, incident);
      reading.plan(moment, incident);
      orders.pin(incident.id(), r.platform(), Cards.HEADLINE);
      orders.bookmark(incident.id(), r.platform(), incident.id() + " page", page(moment, incident));
      IncidentLink.current(moment, incident.id())
          .forEach(link -> orders.bookmark(incident.id(), r.platform(), link.label(), link.url()));
      DeclareWindow.channelOpened(moment, incident, r.platform());
    } else if (reaction instanceof Reaction.SayChange r) {
      ChangeLines.say(moment, incident, r.change());
    } else if (reaction instanceof Reaction.StartEscalation) {
      escalations.start(moment, incident);
    } else if (reaction instanceof Reaction.AcknowledgeEscalation r) {
      escalations.acknowledged(moment, incident, actor, r.why());
    } else if (reaction instanceof Reaction.StopEscalation) {
      escalations.stop(moment, incident);
    } else if (reaction instanceof Reaction.PostSummary r) {
      updates.post(moment, incident, r.trigger());
    } else {
      carryOutEnding(moment, incident, reaction);
    }
  }

  private void carryOutEnding(Moment moment, Incident incident, Reaction reaction) {
    if (reaction instanceof Reaction.StopTimers) {
      moment.tx().timers().cancelAll(incident.id());
    } else if (reaction instanceof Reaction.Brief r) {
      Briefing.send(moment, tokens, incident, r.role(), r.person());
    } else if (reaction instanceof Reaction.WatchCommand) {
      CommandWatch.plan(moment, incident);
    } else if (reaction instanceof Reaction.DraftPostmortem) {
      reading.beforeTheDraft(moment, incident);
    } else if (reaction instanceof Reaction.PlanArchive) {
      Notices.ended(moment, incident);
      TaskCards.refresh(moment, tokens, incident);
      Archiving.plan(moment, incident);
    } else if (reaction instanceof Reaction.Unarchive) {
      RoomWatch.plan(moment, incident);
      reading.plan(moment, incident);
      moment.tx().timers().cancel(TimerKinds.ARCHIVE, incident.id().toString());
      TaskCards.refresh(moment, tokens, incident);
      for (Space space : incident.spaces()) {
        new Orders(moment).unarchive(incident.id(), space.platform());
      }
    }
  }

  private void openChannels(Moment moment, Incident incident) {
    for (String platform : platformsOf(moment, incident)) {
      openChannel(moment, incident, platform);
    }
  }

  /** Orders the incident's channel on one platform. */
  static void openChannel(Moment moment, Incident incident, String platform) {
    String purpose =
        incident.isPrivate()
            ? "A private incident. " + page(moment, incident)
            : incident.id() + " " + incident.title() + " · " + page(moment, incident);
    ChannelSpec spec =
        new ChannelSpec(
            ChannelNames.of(incident), new Cards(incident).topic(), incident.isPrivate(), purpose);
    EarlyWords.opening(moment, incident.id(), platform);
    new Orders(moment).openChannel(incident.id(), platform, spec);
  }

  private static String page(Moment moment, Incident incident) {
    return moment.settings().publicUrl() + "/incidents/" + incident.id();
  }

  /** Returns the platforms an incident has or gets channels on. */
  static List<String> platformsOf(Moment moment, Incident incident) {
    return moment
        .tx()
        .note("platforms/" + incident.id())
        .map(names -> List.of(names.split(",")))
        .orElseGet(() -> incident.spaces().stream().map(Space::platform).toList());
  }

  private static Optional<Person> on(Moment moment, Person person, String platform) {
    return person.ref().platform().equals(platform)
        ? Optional.of(person)
        : Identities.on(moment.tx(), person.ref(), platform).map(r -> People.known(moment, r));
  }

  private void invite(Moment moment, Incident incident, List<Person> people) {
    for (String platform : platformsOf(moment, incident)) {
      List<Person> here =
          people.stream()
              .flatMap(p -> on(moment, p, platform).stream())
              .filter(p -> Entrance.mayEnter(moment.tx().people(), p.ref()))
              .toList();
      if (!here.isEmpty()) {
        new Orders(moment).invite(incident.id(), platform, here);
      }
    }
  }

  /** Platforms tell everybody about each new topic, so that the same one is not set again. */
  private static void retopic(Moment moment, Incident incident, String platform, String topic) {
    String note = ChannelHead.topicNote(incident.id(), platform);
    boolean same = moment.tx().note(note).filter(topic::equals).isPresent();
    boolean hasChannel =
        incident.spaceOn(platform).filter(space -> space.thread().isEmpty()).isPresent();
    if (hasChannel && !same) {
      moment.tx().keepNote(note, topic);
      new Orders(moment).setTopic(incident.id(), platform, topic, "");
    }
  }

  /** Brings headline, topic, announcement and checklist up to date. */
  void refresh(Moment moment, Incident incident) {
    Orders orders = new Orders(moment);
    Cards cards = new Cards(incident, escalations.wouldAsk(moment, incident)).with(moment);
    String url = moment.settings().publicUrl();
    for (String platform : platformsOf(moment, incident)) {
      ButtonMint mint = new ButtonMint(moment, tokens, Cards.HEADLINE, Optional.of(incident.id()));
      orders.show(
          incident.id(),
          platform,
          Cards.HEADLINE,
          Priority.CARDS,
          cards.headline(mint, url, moment.now()));
      retopic(moment, incident, platform, cards.topic());
      if (!incident.isPrivate()) {
        String slot = Cards.announcementSlot(incident);
        ButtonMint announced = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
        orders.announce(
            incident.id(),
            platform,
            slot,
            "",
            cards.announcement(announced, platform, url, moment.now()));
      }
    }
    steps.refresh(moment, incident);
  }
}
