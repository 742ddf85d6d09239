// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Rejection;
import dev.muster.incident.Space;
import dev.muster.runbook.RunbookRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides on which platforms an incident lives. A public one may live on every platform; a private
 * one only where somebody is who belongs to it, because a channel without members would only be one
 * more place where it can be read.
 */
final class SpaceDesk {

  private final Platforms platforms;
  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;

  SpaceDesk(Platforms platforms, IncidentLifecycle lifecycle, Tokens tokens) {
    this.platforms = platforms;
    this.lifecycle = lifecycle;
    this.tokens = tokens;
  }

  /** Returns where what a person declares opens: where they are, and elsewhere if so configured. */
  static List<String> wanted(Moment moment, UserRef declarer, boolean isPrivate) {
    Stream<String> more =
        moment.settings().everywhere() ? moment.settings().platforms().stream() : Stream.empty();
    Stream<String> open =
        more.filter(p -> !isPrivate || Identities.on(moment.tx(), declarer, p).isPresent());
    return Stream.concat(Stream.of(declarer.platform()), open).distinct().toList();
  }

  /** Opens a channel for an incident on one more platform. */
  void open(Exchange exchange, Incident incident, String platform) {
    refusal(exchange.moment(), incident, platform)
        .ifPresentOrElse(exchange::refuse, () -> add(exchange, incident, platform));
  }

  private Optional<Rejection> refusal(Moment moment, Incident incident, String platform) {
    Optional<ChatPlatform> known = platforms.find(platform);
    if (known.isEmpty()) {
      return Optional.of(unknown(incident, platform));
    }
    if (ReactionDesk.platformsOf(moment, incident).contains(platform)) {
      String where = incident.spaceOn(platform).map(Space::name).map(n -> " #" + n).orElse("");
      String sentence = incident.id() + " has a channel" + where + " on " + platform + " already.";
      return Optional.of(Rejection.of("has_space", sentence));
    }
    return IncidentDecisions.closed(incident)
        .or(() -> incident.isPrivate() ? exposed(incident, known.get()) : Optional.empty());
  }

  private Rejection unknown(Incident incident, String platform) {
    List<String> names = platforms.all().stream().map(ChatPlatform::name).sorted().toList();
    String free =
        names.stream()
            .filter(name -> incident.spaceOn(name).isEmpty())
            .findFirst()
            .map(name -> " For example: /incident space " + name)
            .orElse("");
    return new Rejection(
        "unknown_platform",
        "No chat platform “" + platform + "” is switched on.",
        "There are: " + String.join(", ", names) + "." + free);
  }

  private static Optional<Rejection> exposed(Incident incident, ChatPlatform platform) {
    String name = platform.name();
    if (!platform.capabilities().contains(Capability.PRIVATE_CHANNELS)) {
      return Optional.of(
          Rejection.of(
              "no_private_channels",
              "Muster may open no private channel on " + name + ". Nothing was done."));
    }
    return isAmong(incident.members(), name)
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "no_members_there",
                incident.id() + " is private, and nobody who belongs to it is on " + name + ".",
                "Nothing was done. Invite somebody from there first."));
  }

  private static boolean isAmong(Set<UserRef> members, String platform) {
    return members.stream().anyMatch(member -> member.platform().equals(platform));
  }

  private void add(Exchange exchange, Incident incident, String platform) {
    Moment moment = exchange.moment();
    List<String> now = new ArrayList<>(ReactionDesk.platformsOf(moment, incident));
    now.add(platform);
    keep(moment, incident, now);
    ReactionDesk.openChannel(moment, incident, platform);
    lifecycle.showAnew(moment, incident);
    letIn(moment, incident, platform);
    showWaiting(moment, lifecycle, tokens, incident);
    exchange.tell(
        "A channel for "
            + incident.id()
            + " on "
            + platform
            + " is being opened. What people say in one channel is repeated in the other from now"
            + " on, with their names.");
  }

  private static void keep(Moment moment, Incident incident, List<String> names) {
    moment.tx().keepNote("platforms/" + incident.id(), String.join(",", names));
  }

  /** Brings everybody in who belongs to the incident and is on that platform. */
  static void letIn(Moment moment, Incident incident, String platform) {
    List<Person> here =
        incident.members().stream()
            .flatMap(member -> Identities.on(moment.tx(), member, platform).stream())
            .distinct()
            .filter(member -> Entrance.mayEnter(moment.tx().people(), member))
            .map(member -> People.known(moment, member))
            .toList();
    if (!here.isEmpty()) {
      new Orders(moment).invite(incident.id(), platform, here);
    }
  }

  /** An incident that becomes private lives on no platform any more where no member is. */
  static void narrow(Moment moment, Incident before, List<IncidentEvent> becoming) {
    Set<UserRef> members = new HashSet<>(before.members());
    for (IncidentEvent event : becoming) {
      if (event instanceof IncidentEvent.MemberAdded e) {
        members.add(e.person().ref());
      } else if (event instanceof IncidentEvent.MemberRemoved e) {
        members.remove(e.person().ref());
      }
    }
    List<String> left =
        ReactionDesk.platformsOf(moment, before).stream()
            .filter(platform -> isAmong(members, platform))
            .toList();
    if (!left.isEmpty()) {
      keep(moment, before, left);
    }
  }

  /** Shows in new channels what waits for somebody: tasks, alerts, steps. */
  static void showWaiting(
      Moment moment, IncidentLifecycle lifecycle, Tokens tokens, Incident incident) {
    TaskCards.refresh(moment, tokens, incident);
    new AlertIncidents(lifecycle, new AlertCards(tokens)).showAgain(moment, incident.id());
    StepRecords steps = new StepRecords(tokens);
    for (RunbookRun run : moment.tx().all(RunbookRun.class).openOf(incident.id())) {
      run.holdingUpClosing().forEach(step -> steps.show(moment, incident, run, step.stepId()));
    }
  }
}
