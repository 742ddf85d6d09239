// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.Tx;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is the same person on several platforms: at most one identity on each. Only an administrator
 * or an address that both platforms vouch for links two; a name never does. A link stands until an
 * administrator parts it, also when the address changes, so that nobody can shake off an identity
 * to approve an own request with it. A link gives nobody a level: those are written for each
 * identity.
 */
final class Identities {

  private static final String GROUP = "identities/";
  private static final String APART = "identity-apart/";
  private static final String ADDRESS = "address/";
  private static final String UNCLEAR = "identity-unclear/";
  private static final String MEMBER = "member-by-link/";

  private Identities() {}

  /** Returns every identity of a person, this one included. */
  static Set<UserRef> of(Tx tx, UserRef user) {
    Set<UserRef> all = new LinkedHashSet<>(Set.of(user));
    tx.note(GROUP + user).stream().flatMap(String::lines).map(Identities::ref).forEach(all::add);
    return all;
  }

  /** Returns whether two identities are one person's. */
  static boolean same(Tx tx, UserRef one, UserRef other) {
    return one.equals(other) || of(tx, one).contains(other);
  }

  /** Returns the identity of a person on a platform. */
  static Optional<UserRef> on(Tx tx, UserRef user, String platform) {
    return of(tx, user).stream().filter(ref -> ref.platform().equals(platform)).findFirst();
  }

  private static UserRef ref(String written) {
    int colon = written.indexOf(':');
    return new UserRef(written.substring(0, colon), written.substring(colon + 1));
  }

  /** Returns two identities on one platform that a link would give one person. */
  static Optional<List<UserRef>> conflict(Tx tx, UserRef one, UserRef other) {
    Set<UserRef> others = of(tx, other);
    return of(tx, one).stream()
        .flatMap(
            a ->
                others.stream()
                    .filter(b -> b.platform().equals(a.platform()) && !b.equals(a))
                    .map(b -> List.of(a, b)))
        .findFirst();
  }

  /** Links two people whom nothing keeps apart. */
  static void link(Moment moment, Person one, Person other, Actor actor, String how) {
    Set<UserRef> all = new LinkedHashSet<>(of(moment.tx(), one.ref()));
    all.addAll(of(moment.tx(), other.ref()));
    String group = all.stream().map(UserRef::toString).collect(Collectors.joining("\n"));
    for (UserRef each : all) {
      moment.tx().keepNote(GROUP + each, group);
      moment.tx().keepNote(APART + each, "");
    }
    Facts.journal(
        moment,
        NewEntry.of(
                moment.now(),
                EntryKind.PEOPLE_LINKED,
                actor,
                words(one) + " and " + words(other) + " are one person.")
            .because(how)
            .with(Map.of("users", all.stream().map(UserRef::toString).toList())));
    complete(moment, all);
    all.forEach(each -> HomeDesk.changedFor(moment, each));
  }

  /** Parts an identity from all others; nothing but an administrator links it again. */
  static Set<UserRef> part(Moment moment, IncidentLifecycle lifecycle, Person person, Actor actor) {
    Set<UserRef> all = of(moment.tx(), person.ref());
    Set<UserRef> rest = new LinkedHashSet<>(all);
    rest.remove(person.ref());
    String group =
        rest.size() < 2
            ? ""
            : rest.stream().map(UserRef::toString).collect(Collectors.joining("\n"));
    rest.forEach(each -> moment.tx().keepNote(GROUP + each, group));
    moment.tx().keepNote(GROUP + person.ref(), "");
    all.forEach(each -> moment.tx().keepNote(APART + each, moment.now().toString()));
    Facts.journal(
        moment,
        NewEntry.of(
                moment.now(),
                EntryKind.PEOPLE_PARTED,
                actor,
                words(person) + " is linked with nobody any more.")
            .with(Map.of("users", all.stream().map(UserRef::toString).toList())));
    for (Incident incident : privateOf(moment, all)) {
      all.stream()
          .filter(each -> isByLink(moment, incident, each))
          .forEach(
              each ->
                  Members.remove(
                      moment, lifecycle, incident, People.known(moment, each), "parted"));
    }
    all.forEach(each -> HomeDesk.changedFor(moment, each));
    return rest;
  }

  private static boolean isByLink(Moment moment, Incident incident, UserRef member) {
    return moment.tx().note(MEMBER + incident.id() + "/" + member).isPresent();
  }

  /** Returns a person with the platform, so that two of one name are told apart. */
  static String words(Person person) {
    return person.name() + " (" + person.ref().platform() + ")";
  }

  private static List<Incident> privateOf(Moment moment, Set<UserRef> people) {
    return Census.those(
        moment,
        EnumSet.allOf(IncidentStatus.class),
        incident -> incident.isPrivate() && incident.members().stream().anyMatch(people::contains));
  }

  private static void complete(Moment moment, Set<UserRef> people) {
    privateOf(moment, people).forEach(incident -> complete(moment, incident, people));
  }

  /**
   * Lets newcomers belong to a private incident with every identity of theirs, and returns the
   * incident as it is then.
   */
  static Incident complete(Moment moment, Incident incident, Set<UserRef> newcomers) {
    Optional<UserRef> missing =
        incident.members().stream()
            .filter(member -> incident.isPrivate() && newcomers.contains(member))
            .flatMap(member -> of(moment.tx(), member).stream())
            .filter(each -> !incident.members().contains(each))
            .filter(each -> Entrance.mayEnter(moment.tx().people(), each))
            .findFirst();
    if (missing.isEmpty()) {
      return incident;
    }
    UserRef user = missing.get();
    moment.tx().keepNote(MEMBER + incident.id() + "/" + user, moment.now().toString());
    Person person = People.known(moment, user);
    if (ReactionDesk.platformsOf(moment, incident).contains(user.platform())) {
      new Orders(moment).invite(incident.id(), user.platform(), List.of(person));
    }
    Incident after =
        Facts.write(
            moment,
            incident,
            new IncidentEvent.MemberAdded(person),
            new Actor.Bot(),
            "the same person");
    return complete(moment, after, newcomers);
  }

  /** Keeps whose address a platform vouches for, and links whoever has the same on another. */
  static void vouched(Moment moment, Profile profile) {
    if (profile.email().isEmpty() || !isInsider(profile)) {
      return;
    }
    String address = profile.email().get().strip().toLowerCase(Locale.ROOT);
    String user = profile.person().ref().toString();
    Set<String> known = new LinkedHashSet<>();
    moment.tx().note(ADDRESS + address).stream().flatMap(String::lines).forEach(known::add);
    if (known.add(user)) {
      moment.tx().keepNote(ADDRESS + address, String.join("\n", known));
    }
    if (!moment.settings().linkByEmail()) {
      return;
    }
    List<UserRef> others =
        known.stream()
            .map(Identities::ref)
            .filter(ref -> has(moment, ref, address))
            .filter(ref -> !same(moment.tx(), ref, profile.person().ref()))
            .toList();
    others.forEach(other -> linkByAddress(moment, profile.person(), other));
  }

  private static boolean isInsider(Profile profile) {
    return profile.active() && !profile.bot() && !profile.external();
  }

  private static boolean has(Moment moment, UserRef ref, String address) {
    return moment
        .tx()
        .people()
        .find(ref)
        .filter(known -> isInsider(known.profile()))
        .flatMap(known -> known.profile().email())
        .filter(email -> email.strip().toLowerCase(Locale.ROOT).equals(address))
        .isPresent();
  }

  private static void linkByAddress(Moment moment, Person person, UserRef found) {
    Person other = People.known(moment, found);
    boolean apart =
        Stream.of(person.ref(), found)
            .anyMatch(ref -> moment.tx().note(APART + ref).filter(n -> !n.isEmpty()).isPresent());
    if (apart) {
      return;
    }
    boolean unclear =
        found.platform().equals(person.ref().platform())
            || conflict(moment.tx(), person.ref(), found).isPresent();
    if (!unclear) {
      link(moment, person, other, new Actor.Bot(), "the same verified address");
    } else if (moment.tx().note(UNCLEAR + person.ref() + "/" + found).isEmpty()) {
      moment.tx().keepNote(UNCLEAR + person.ref() + "/" + found, moment.now().toString());
      Facts.journal(
          moment,
          NewEntry.of(
                  moment.now(),
                  EntryKind.PEOPLE_UNCLEAR,
                  new Actor.Bot(),
                  words(person)
                      + " and "
                      + words(other)
                      + " have the same address, and one person has one identity on each platform."
                      + " They were not linked; an admin can say who is whom.")
              .with(Map.of("users", List.of(person.ref().toString(), found.toString()))));
    }
  }

  /** Returns the one person of a platform with that address, if it vouches for it. */
  static Optional<UserRef> byAddress(Moment moment, String platform, String address) {
    String folded = address.strip().toLowerCase(Locale.ROOT);
    List<UserRef> found =
        moment.tx().note(ADDRESS + folded).stream()
            .flatMap(String::lines)
            .map(Identities::ref)
            .filter(ref -> ref.platform().equals(platform) && has(moment, ref, folded))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
