// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.Requirement;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.incident.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides who may do what. Closed by default: an unknown person, an empty list, an unknown group
 * mean no. Programs, guests and people of other companies never get above {@link Level#VIEWER},
 * whatever list or role names them. Where people sign in, a name that a program chose with its
 * token is vouched for by nobody: it gets what everybody has, {@link Level#RESPONDER} at most, and
 * sees nothing private. In a private incident only members may do anything, admins included, and
 * for everybody else it does not exist. Immutable; an exception thrown while deciding has to be
 * taken as no.
 */
public final class AccessPolicy {

  private static final String WEB = "web:";

  private final AccessRules rules;
  private final Function<UserRef, Optional<Level>> signedIn;
  private final boolean namesAreBelieved;

  /** Makes the policy of these rules. */
  public AccessPolicy(AccessRules rules) {
    this(rules, user -> Optional.empty(), true);
  }

  /**
   * Makes the policy of these rules and of what an identity provider says.
   *
   * @param signedIn the level of whoever signs in; it counts instead of every list, so that no name
   *     on a list can be had by choosing it elsewhere
   * @param namesAreBelieved whether people of the built-in chat are who they say, because nobody
   *     signs in; where people do, only programs come without, with a token
   */
  public AccessPolicy(
      AccessRules rules, Function<UserRef, Optional<Level>> signedIn, boolean namesAreBelieved) {
    this.rules = rules;
    this.signedIn = signedIn;
    this.namesAreBelieved = namesAreBelieved;
  }

  /** Returns the answer for an incident that does not exist, and for one that is to look so. */
  public static Rejection unseen(IncidentId id) {
    return new Rejection(
        "unknown_incident",
        "There is no incident " + id + " that you can see.",
        "For example: /incident list");
  }

  /** Returns the level of a person. */
  public Level levelOf(Profile who) {
    if (!isInsider(who)) {
      return Level.VIEWER;
    }
    UserRef ref = who.person().ref();
    Optional<Level> vouched = signedIn.apply(ref);
    if (vouched.isPresent()) {
      return vouched.get();
    }
    if (isChosen(ref)) {
      return rules.everybody().reaches(Level.RESPONDER) ? Level.RESPONDER : rules.everybody();
    }
    if (isOn(rules.admins(), ref)) {
      return Level.ADMIN;
    }
    if (isOn(rules.approvers(), ref)) {
      return higher(Level.APPROVER);
    }
    return isOn(rules.responders(), ref) ? higher(Level.RESPONDER) : rules.everybody();
  }

  /** Returns whether it is a name of the built-in chat that a program merely gave itself. */
  private boolean isChosen(UserRef ref) {
    return !namesAreBelieved && (ref.platform() + ":").equals(WEB) && signedIn.apply(ref).isEmpty();
  }

  private Level higher(Level listed) {
    return rules.everybody().reaches(listed) ? rules.everybody() : listed;
  }

  private static boolean isInsider(Profile who) {
    return who.active() && !who.bot() && !who.external();
  }

  private boolean isOn(List<String> entries, UserRef ref) {
    return entries.stream().flatMap(this::people).anyMatch(entry -> names(entry, ref));
  }

  /** Returns the admins, one by one; a bare name is a user of the built-in chat. */
  public List<UserRef> admins() {
    return rules.admins().stream()
        .flatMap(this::people)
        .map(entry -> entry.indexOf(':') < 0 ? WEB + entry : entry)
        .map(full -> new UserRef(before(full), full.substring(full.indexOf(':') + 1)))
        .distinct()
        .toList();
  }

  private static String before(String full) {
    return full.substring(0, full.indexOf(':'));
  }

  /** The name of a group is never a person, or people could name themselves after it. */
  private Stream<String> people(String entry) {
    List<String> group = rules.groups().get(entry);
    return group == null ? Stream.of(entry) : group.stream();
  }

  /** A bare name is a user of the built-in chat alone: elsewhere people choose their own names. */
  private static boolean names(String entry, UserRef ref) {
    String full = entry.indexOf(':') < 0 ? WEB + entry : entry;
    return full.equals(ref.toString());
  }

  /**
   * Decides whether somebody may do something.
   *
   * @param who who asks, as the platform last described them; empty when unknown
   * @param needed who may do it, see {@code Requirements}
   * @param incident what it is about; empty when it is about none
   */
  public AccessDecision decide(
      Optional<Profile> who, Requirement needed, Optional<Incident> incident) {
    return decide(who, Set.of(), needed, incident);
  }

  /**
   * Decides whether somebody may do something. What a person may see and which hats they wear holds
   * for every identity of theirs; the level is that of the identity they act with.
   *
   * @param who who asks, as the platform last described them; empty when unknown
   * @param identities who else that person is, on other platforms
   * @param needed who may do it, see {@code Requirements}
   * @param incident what it is about; empty when it is about none
   */
  public AccessDecision decide(
      Optional<Profile> who,
      Set<UserRef> identities,
      Requirement needed,
      Optional<Incident> incident) {
    Set<UserRef> selves = new HashSet<>(identities);
    who.map(Profile::person).map(Person::ref).ifPresent(selves::add);
    boolean chosen = who.map(Profile::person).map(Person::ref).filter(this::isChosen).isPresent();
    if (incident.isPresent() && !isVisible(incident.get(), chosen ? Set.of() : selves)) {
      return new AccessDecision.Denied(unseen(incident.get().id()));
    }
    if (who.isEmpty() || !who.get().active()) {
      return denied("unknown_person", "I do not know who you are.", "Sign in and try again.");
    }
    return isMet(who.get(), selves, needed, incident)
        ? new AccessDecision.Allowed()
        : denied(
            "not_allowed", "Only " + needed.words() + " may do this.", askWhom(needed, incident));
  }

  private static boolean isVisible(Incident incident, Set<UserRef> selves) {
    return incident.visibleTo(Optional.empty())
        || selves.stream().anyMatch(self -> incident.visibleTo(Optional.of(self)));
  }

  private boolean isMet(
      Profile who, Set<UserRef> selves, Requirement needed, Optional<Incident> incident) {
    Level level = levelOf(who);
    boolean insider = isInsider(who);
    return switch (needed) {
      case EVERYBODY -> true;
      case INSIDER -> insider;
      case RESPONDER -> level.reaches(Level.RESPONDER) || insider && leads(selves, incident);
      case COMMANDER, COMMANDER_OR_AUTHOR -> insider && commands(level, selves, incident);
      case COMMANDER_OR_COMMUNICATIONS ->
          insider
              && (commands(level, selves, incident)
                  || wears(selves, Role.COMMUNICATIONS, incident));
      case APPROVER -> level.reaches(Level.APPROVER);
      case ADMIN -> level == Level.ADMIN;
    };
  }

  private static boolean commands(Level level, Set<UserRef> selves, Optional<Incident> incident) {
    boolean vacant = incident.isPresent() && incident.get().commander().isEmpty();
    return level == Level.ADMIN
        || leads(selves, incident)
        || vacant && level.reaches(Level.RESPONDER);
  }

  private static boolean leads(Set<UserRef> selves, Optional<Incident> incident) {
    return wears(selves, Role.COMMANDER, incident) || wears(selves, Role.DEPUTY, incident);
  }

  private static boolean wears(Set<UserRef> selves, Role role, Optional<Incident> incident) {
    return incident
        .flatMap(about -> about.holder(role))
        .map(Person::ref)
        .filter(selves::contains)
        .isPresent();
  }

  private String askWhom(Requirement needed, Optional<Incident> incident) {
    return switch (needed) {
      case EVERYBODY, INSIDER -> "Ask a colleague inside the company.";
      case RESPONDER -> "Ask " + listed(rules.responders(), "a responder") + ".";
      case COMMANDER, COMMANDER_OR_COMMUNICATIONS, COMMANDER_OR_AUTHOR ->
          incident
              .flatMap(Incident::commander)
              .map(commander -> "Ask " + commander.name() + ", who is in command.")
              .orElse("Command is vacant; a responder may take it: /incident commander me");
      case APPROVER -> "Ask " + listed(rules.approvers(), "an approver") + ".";
      case ADMIN ->
          rules.admins().isEmpty()
              ? "Nobody is an admin; the configuration names them under access.admins."
              : "Ask " + listed(rules.admins(), "an admin") + ".";
    };
  }

  private static String listed(List<String> entries, String otherwise) {
    return entries.isEmpty() ? otherwise : String.join(" or ", entries);
  }

  private static AccessDecision denied(String reason, String sentence, String hint) {
    return new AccessDecision.Denied(new Rejection(reason, sentence, hint));
  }
}
