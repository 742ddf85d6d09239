// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.EscalationTarget;
import dev.muster.command.Intent;
import dev.muster.command.Outward;
import dev.muster.command.PersonRef;
import dev.muster.command.TaskIntent;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.store.Directory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps what we know of people, and knows when that is too little: what somebody's own act shows of
 * them is not what their platform says of them.
 */
final class Acquaintance {

  /** A day, after which people may have left or changed their names. */
  private static final Duration FRESH = Duration.ofHours(24);

  /** What was written so lately need not be written again to be of now. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  /** Each followed by a person; holds when their platform was asked, or answered. */
  static final String ADDRESS_ASKED = "address-asked/";

  static final String INTRODUCED = "introduced/";
  static final String LOOKED_UP = "looked-up/";

  private Acquaintance() {}

  /**
   * Remembers whoever acted; what their platform told before is kept where the act tells nothing.
   * Somebody without a name is looked up beside everything else.
   */
  static void heard(Moment moment, Profile heard) {
    UserRef ref = heard.person().ref();
    Optional<Directory.Known> before = moment.tx().people().find(ref);
    Profile now = before.map(known -> merged(moment, known.profile(), heard)).orElse(heard);
    if (!before.map(known -> isJustSo(moment, known, now)).orElse(false)) {
      moment.tx().people().remember(now, moment.now());
      Identities.vouched(moment, now);
    }
    boolean nameless = heard.person().name().equals(ref.id()) && !heard.bot();
    if (nameless && before.isEmpty() || isAddressWanted(moment, now)) {
      order(moment, "find/" + ref, Priority.BACKGROUND, find(ref, List.of(ref.id())));
    }
  }

  /** An address tells who somebody is on another platform; it is asked for at most daily. */
  private static boolean isAddressWanted(Moment moment, Profile who) {
    boolean matters = moment.settings().linkByEmail() && moment.settings().platforms().size() > 1;
    if (!matters || who.email().isPresent() || who.bot() || who.external()) {
      return false;
    }
    String note = ADDRESS_ASKED + who.person().ref();
    boolean asked = isFresh(moment, note);
    if (!asked) {
      moment.tx().keepNote(note, moment.now().toString());
    }
    return !asked;
  }

  /** Returns whether nobody has met somebody, and their platform was not asked today. */
  static boolean isToIntroduce(Moment moment, UserRef ref) {
    return moment.tx().people().find(ref).isEmpty() && !isFresh(moment, INTRODUCED + ref);
  }

  /** Has a platform asked who somebody is whom an operator wrote down. */
  static void introduce(Moment moment, UserRef ref) {
    moment.tx().keepNote(INTRODUCED + ref, moment.now().toString());
    order(moment, "find/" + ref, Priority.BACKGROUND, find(ref, List.of(ref.id())));
  }

  /** Nothing is written for each message of a person about whom nothing is new. */
  private static boolean isJustSo(Moment moment, Directory.Known known, Profile now) {
    return known.profile().equals(now) && known.asOf().plus(RECENT).isAfter(moment.now());
  }

  /** Returns a person who just acted as we know them, their platform's word included. */
  static Profile known(Moment moment, Profile acting) {
    return moment
        .tx()
        .people()
        .find(acting.person().ref())
        .map(Directory.Known::profile)
        .orElse(acting);
  }

  private static Effect find(UserRef who, List<String> wanted) {
    return new Effect.FindPerson(who.platform(), wanted, Optional.empty());
  }

  private static Profile merged(Moment moment, Profile known, Profile heard) {
    UserRef ref = heard.person().ref();
    boolean nameless = heard.person().name().equals(ref.id());
    return new Profile(
        nameless || isFresh(moment, ref) ? known.person() : heard.person(),
        heard.email().or(known::email),
        heard.zone().or(known::zone),
        heard.bot() || known.bot(),
        heard.external() || known.external(),
        heard.active());
  }

  /** Keeps what a platform said of people. */
  static void keep(Moment moment, String platform, Lookups lookups) {
    lookups
        .people()
        .forEach(
            (wanted, profile) -> {
              if (moment.tx().people().find(profile.person().ref()).isEmpty()) {
                HomeDesk.changedForAll(moment);
              }
              moment.tx().people().remember(profile, moment.now());
              Identities.vouched(moment, profile);
              String when = moment.now().toString();
              moment.tx().keepNote(LOOKED_UP + profile.person().ref(), when);
            });
    lookups.silent().forEach(who -> moment.tx().dropNote(INTRODUCED + platform + ":" + who));
  }

  private static boolean isFresh(Moment moment, UserRef ref) {
    return isFresh(moment, LOOKED_UP + ref);
  }

  /** Returns whether what a note stands for was done within a day. */
  private static boolean isFresh(Moment moment, String note) {
    return moment
        .tx()
        .note(note)
        .filter(at -> Instant.parse(at).plus(FRESH).isAfter(moment.now()))
        .isPresent();
  }

  /**
   * Has the platform asked whom a command names, when we do not know; returns whether the command
   * has to wait for that.
   */
  static boolean awaited(Exchange exchange, String text, Intent intent) {
    if (exchange.lookups().asked()) {
      return false;
    }
    List<String> wanted = new ArrayList<>();
    for (PersonRef named : named(intent)) {
      unknown(exchange, named, intent).ifPresent(wanted::add);
    }
    UserRef by = exchange.by().person().ref();
    Map<String, List<String>> all = new TreeMap<>(IdentityDesk.unmet(exchange, intent));
    if (!wanted.isEmpty()) {
      all.put(by.platform(), wanted);
    }
    Iterator<Map.Entry<String, List<String>>> asking = all.entrySet().iterator();
    while (asking.hasNext()) {
      Map.Entry<String, List<String>> next = asking.next();
      Optional<ChatEvent.CommandInvoked> resume =
          asking.hasNext() ? Optional.empty() : Optional.of(waiting(exchange, text));
      order(
          exchange.moment(),
          "find/" + by,
          Priority.PEOPLE,
          new Effect.FindPerson(next.getKey(), next.getValue(), resume));
    }
    return !all.isEmpty();
  }

  private static ChatEvent.CommandInvoked waiting(Exchange exchange, String text) {
    return new ChatEvent.CommandInvoked(
        exchange.at(),
        exchange.by(),
        exchange.place(),
        text,
        exchange.message(),
        exchange.reply(),
        Optional.empty());
  }

  private static void order(Moment moment, String lane, Priority priority, Effect effect) {
    moment
        .tx()
        .effects()
        .add(new NewEffect(effect, lane, priority, Optional.empty(), "", moment.now()));
  }

  private static List<PersonRef> named(Intent intent) {
    if (intent instanceof Intent.AssignRole assign) {
      return List.of(assign.person());
    }
    if (intent instanceof Intent.Invite invite) {
      return invite.people();
    }
    if (intent instanceof Intent.AddAction action) {
      return action.owner().map(List::of).orElse(List.of());
    }
    if (intent instanceof TaskIntent.AddTask task) {
      return task.owner().map(List::of).orElse(List.of());
    }
    if (intent instanceof TaskIntent.GiveTask task) {
      return task.owner().map(List::of).orElse(List.of());
    }
    if (intent instanceof Outward.ChangeVisibility change) {
      return change.people();
    }
    if (intent instanceof Outward.Page page) {
      return someone(page.target());
    }
    return intent instanceof Intent.Escalate escalate ? someone(escalate.target()) : List.of();
  }

  private static List<PersonRef> someone(EscalationTarget target) {
    return target instanceof EscalationTarget.Someone someone
        ? List.of(someone.person())
        : List.of();
  }

  private static Optional<String> unknown(Exchange exchange, PersonRef named, Intent intent) {
    Moment moment = exchange.moment();
    ChannelRef here = exchange.place().channel();
    return named.match(
        Optional::empty,
        mention ->
            mention.ref().platform().equals(here.platform()) && !isFresh(moment, mention.ref())
                ? Optional.of(mention.ref().id())
                : Optional.empty(),
        word ->
            intent instanceof Intent.Invite && !isKnown(exchange, word.name())
                ? Optional.of(Effect.FindPerson.GROUP + word.name())
                : Optional.empty(),
        email -> Optional.of(email.address()));
  }

  private static boolean isKnown(Exchange exchange, String name) {
    return byId(exchange, name).isPresent()
        || exchange.moment().settings().groups().containsKey(name);
  }

  /** Returns the person whose identifier this is; a display name names nobody. */
  static Optional<Profile> byId(Exchange exchange, String id) {
    String platform = exchange.by().person().ref().platform();
    Directory people = exchange.moment().tx().people();
    return people
        .find(new UserRef(platform, id))
        .or(() -> people.find(new UserRef(platform, id.toLowerCase(Locale.ROOT))))
        .map(Directory.Known::profile);
  }

  /** Returns the members of a group that the operator wrote down, or that the platform listed. */
  static Optional<List<Person>> group(Exchange exchange, String name) {
    String platform = exchange.by().person().ref().platform();
    List<String> written = exchange.moment().settings().groups().get(name);
    return written == null
        ? Optional.ofNullable(exchange.lookups().groups().get(name))
        : Optional.of(
            written.stream()
                .map(id -> People.configured(exchange.moment(), platform, id))
                .toList());
  }
}
