// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Check;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.Scope;
import dev.muster.teams.client.SignIn;
import dev.muster.teams.client.Wires;
import dev.muster.teams.inbound.AlertRooms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks Microsoft whether credentials, permissions, clock and the way to us are fine. */
final class TeamsCheck {

  /** Tokens carry times of Microsoft's clock, and we take what is at most five minutes off. */
  private static final Duration CLOCK_OFF = Duration.ofMinutes(2);

  private final Wires wires;
  private final SignIn signIn;
  private final Grants grants;
  private final Footing footing;
  private final Hearing hearing;
  private final AlertRooms alertRooms;
  private final InstantSource clock;

  TeamsCheck(
      Wires wires,
      SignIn signIn,
      Grants grants,
      Footing footing,
      Hearing hearing,
      AlertRooms alertRooms) {
    this.wires = wires;
    this.signIn = signIn;
    this.grants = grants;
    this.footing = footing;
    this.hearing = hearing;
    this.alertRooms = alertRooms;
    this.clock = wires.clock();
  }

  Check ask() {
    List<String> grave = new ArrayList<>();
    Optional<String> unknown = footing.learn();
    unknown.ifPresent(grave::add);
    signIn.clockOff().flatMap(TeamsCheck::clockOff).ifPresent(grave::add);
    hearing.finding().ifPresent(grave::add);
    Optional<String> ending = Footing.ending(signIn.proofEnds(), clock.instant());
    boolean ended = signIn.proofEnds().filter(end -> !end.isAfter(clock.instant())).isPresent();
    ending.filter(sentence -> ended).ifPresent(grave::add);
    if (wires.identity().homeTeams().isEmpty()) {
      grave.add(
          "No home team is configured. Write its Entra group id under platforms.teams.teams.");
    }
    if (unknown.isEmpty()) {
      wires.identity().homeTeams().forEach(team -> problem(team).ifPresent(grave::add));
      alertRooms.looked().forEach(finding -> finding.problem().ifPresent(grave::add));
    }
    List<Scope> missing = grants.missing();
    grave.addAll(mends(missing, scope -> scope.need() == Scope.Need.ALWAYS));
    List<String> notes = new ArrayList<>(mends(missing, s -> s.need() != Scope.Need.ALWAYS));
    ending.filter(sentence -> !ended).ifPresent(notes::add);
    return new Check(grave.isEmpty(), grave, notes);
  }

  private static List<String> mends(List<Scope> missing, Predicate<Scope> which) {
    return missing.stream().filter(which).map(Scope::mend).toList();
  }

  /** A team whose permissions are missing is told of by those. */
  private Optional<String> problem(String team) {
    ChatOutcome<JsonNode> read =
        wires
            .graph()
            .then()
            .get("Reading team " + team, wires.graph().at("teams", team, "primaryChannel").build());
    if (read instanceof ChatOutcome.Done<JsonNode>
        || grants.missing().contains(Scope.CHANNEL_SETTINGS)) {
      return Optional.empty();
    }
    return Optional.of(
        read.refusedFor(ChatOutcome.Cause.OTHER)
            ? "The home team "
                + team
                + " cannot be read. Write its group id, from the link to the team after groupId=,"
                + " under platforms.teams.teams, and let an owner add the app to the team."
            : Reasons.of(read) + (read instanceof ChatOutcome.RetryLater ? ". Ask again." : ""));
  }

  /** Returns what is wrong with our clock, if anything is. */
  static Optional<String> clockOff(Duration ahead) {
    return ahead.abs().compareTo(CLOCK_OFF) <= 0
        ? Optional.empty()
        : Optional.of(
            "The clock of this machine is "
                + ahead.abs().toMinutes()
                + (ahead.isNegative() ? " min behind" : " min ahead of")
                + " Microsoft's. Signed calls are refused from five minutes on. Set the clock:"
                + " timedatectl set-ntp true.");
  }
}
