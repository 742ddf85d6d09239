// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.store.Aggregates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who gets the news of an incident as direct messages: every status update, every change of the
 * status and the close. Whoever may no longer see the incident is taken off the list before
 * anything is sent; whoever left the workspace is passed over. It outlives the close, so that a
 * reopened incident reaches the same people.
 */
final class Subscriptions {

  /** So many people at most; more are better served by the announcements. */
  static final int MOST = 100;

  private Subscriptions() {}

  /** Puts a person on the list, and says so to them alone. */
  static void subscribe(Exchange exchange, Incident incident) {
    Subscription wish = of(exchange, incident);
    Aggregates<Subscription> all = all(exchange.moment());
    List<Subscription> standing = all.openOf(incident.id());
    Optional<Rejection> refusal = IncidentDecisions.closed(incident);
    if (standing.contains(wish)) {
      exchange.tell("You are subscribed to " + incident.id() + " already." + stop(incident.id()));
    } else if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
    } else if (standing.size() >= MOST) {
      exchange.refuse(full(incident.id()));
    } else {
      all.save(wish.key(), incident.id(), true, wish);
      exchange.tell(
          "You are subscribed to "
              + incident.id()
              + ": its updates, each new status and its close come to you as direct messages."
              + stop(incident.id()));
    }
  }

  private static Rejection full(IncidentId id) {
    return new Rejection(
        "too_many_subscribers",
        MOST + " people are subscribed to " + id + ", which is the most there can be.",
        "To follow it in its channel: /incident join " + id);
  }

  /** Takes a person off the list, and says so to them alone. */
  static void unsubscribe(Exchange exchange, Incident incident) {
    Subscription wish = of(exchange, incident);
    Aggregates<Subscription> all = all(exchange.moment());
    String again = " To subscribe: /incident subscribe " + incident.id();
    if (all.openOf(incident.id()).contains(wish)) {
      all.save(wish.key(), incident.id(), false, wish);
      exchange.tell("You are no longer subscribed to " + incident.id() + "." + again);
    } else {
      exchange.tell("You are not subscribed to " + incident.id() + "." + again);
    }
  }

  private static Subscription of(Exchange exchange, Incident incident) {
    return new Subscription(incident.id(), exchange.by().person().ref());
  }

  private static Aggregates<Subscription> all(Moment moment) {
    return moment.tx().all(Subscription.class);
  }

  private static String stop(IncidentId id) {
    return " To stop: /incident unsubscribe " + id;
  }

  /** Lets those who follow a duplicate follow the incident that stays, as far as there is room. */
  static void follow(Moment moment, IncidentId duplicate, Incident stays) {
    long room = MOST - all(moment).openOf(stays.id()).size();
    all(moment).openOf(duplicate).stream()
        .map(each -> new Subscription(stays.id(), each.user()))
        .filter(wish -> stays.visibleTo(Optional.of(wish.user())))
        .filter(wish -> !all(moment).openOf(stays.id()).contains(wish))
        .limit(Math.max(0, room))
        .forEach(wish -> all(moment).save(wish.key(), stays.id(), true, wish));
  }

  /** Tells everybody on the list what is told in the channel, once each. */
  static void tell(Moment moment, Incident incident, String slot, BotMessage news) {
    for (Subscription each : all(moment).openOf(incident.id())) {
      if (!incident.visibleTo(Optional.of(each.user()))) {
        all(moment).save(each.key(), incident.id(), false, each);
      } else if (isReachable(moment, each.user())) {
        new Orders(moment).tellNews(incident.id(), each.user(), slot, direct(incident, news));
      }
    }
  }

  /** Takes off the list whoever may no longer see the incident, and tells them so. */
  static void leaveToMembers(Moment moment, Incident incident) {
    for (Subscription each : all(moment).openOf(incident.id())) {
      if (!incident.visibleTo(Optional.of(each.user()))) {
        all(moment).save(each.key(), incident.id(), false, each);
        new Orders(moment)
            .show(
                new Target.Direct(each.user()),
                "news-end/" + incident.id(),
                "",
                Priority.PEOPLE,
                BotMessage.line(
                    "Your news of "
                        + incident.id()
                        + " ends here: only its members see it from now on."));
      }
    }
  }

  /** A platform that was switched off reaches nobody. */
  private static boolean isReachable(Moment moment, UserRef user) {
    boolean here =
        moment.tx().people().find(user).map(known -> known.profile().active()).orElse(true);
    return here && moment.settings().announceChannels().containsKey(user.platform());
  }

  private static BotMessage direct(Incident incident, BotMessage news) {
    String why = "You are subscribed to " + incident.id() + "." + stop(incident.id());
    List<Section> sections = new ArrayList<>(news.sections());
    sections.add(new Section("", Phrase.of(why), Section.Style.NOTE));
    return BotMessage.card(news.text() + " " + why, news.title())
        .withSections(sections)
        .withTone(news.tone());
  }
}
