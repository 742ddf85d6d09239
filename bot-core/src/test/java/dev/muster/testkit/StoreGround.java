// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.Inbound;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of {@link StoreContract} share: a world, some people, some incidents. */
abstract class StoreGround {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
  static final IncidentId ONE = new IncidentId(1);
  static final IncidentId TWO = new IncidentId(2);
  static final Stream FIRST = Stream.of(ONE);
  static final Person ANA = new Person(new UserRef("web", "u-ana"), "Ana");
  static final Person BEN = new Person(new UserRef("web", "u-ben"), "Ben");
  static final ChannelRef ROOM = new ChannelRef("web", "c-1");

  @TempDir Path folder;
  private StoreWorld world;

  /** Makes an empty world whose files, if it has any, lie in {@code folder}. */
  protected abstract StoreWorld newWorld(Path folder);

  @BeforeEach
  final void makeWorld() {
    world = newWorld(folder);
  }

  @AfterEach
  final void endWorld() {
    world.close();
  }

  final StoreWorld world() {
    return world;
  }

  final UnitOfWork store() {
    return world.store();
  }

  final <T> T write(Function<Tx, T> work) {
    return store().run(work);
  }

  final boolean did(Function<Tx, Boolean> work) {
    return store().run(work);
  }

  final void change(Consumer<Tx> work) {
    store()
        .run(
            tx -> {
              work.accept(tx);
              return true;
            });
  }

  final <T> T read(Function<Tx, T> reading) {
    return store().read(reading);
  }

  static NewEntry note(String text) {
    return NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Human(ANA), text);
  }

  static Inbound said(String text) {
    Profile ana = Profile.member(ANA);
    MessageRef message = new MessageRef(ROOM, "m-" + text.hashCode());
    return new Inbound.Chat(
        "web",
        new ChatEvent.MessagePosted(
            NOON, ana, Place.of(ROOM, "general"), message, text, Optional.empty(), List.of()));
  }

  static Incident incident(IncidentId id, String title) {
    return new Incident(
        id,
        title,
        Severity.SEV2,
        IncidentStatus.INVESTIGATING,
        Optional.empty(),
        Map.of(Role.COMMANDER, ANA),
        List.of(),
        Map.of(Milestone.DECLARED, NOON),
        "",
        List.of("checkout"),
        false,
        false,
        Optional.empty(),
        Set.of(ANA.ref()),
        new Incident.Declarer("person", ANA.ref().toString(), ANA.name()),
        true,
        1);
  }

  static Incident in(Incident incident, IncidentStatus status) {
    return copy(incident, status, incident.spaces(), incident.isPrivate(), incident.members());
  }

  static Incident withSpace(Incident incident, ChannelRef channel) {
    return withSpaces(incident, new Space(channel, "inc", "http://localhost/c"));
  }

  static Incident withSpaces(Incident incident, Space... spaces) {
    return copy(
        incident, incident.status(), List.of(spaces), incident.isPrivate(), incident.members());
  }

  static Incident privateTo(Incident incident, Set<UserRef> members) {
    return copy(incident, incident.status(), incident.spaces(), true, members);
  }

  static Incident severe(Incident incident, Severity severity) {
    IncidentEvent judged = new IncidentEvent.SeverityChanged(incident.severity(), severity);
    return IncidentHistory.after(incident, judged, new Actor.Bot(), NOON);
  }

  private static Incident copy(
      Incident old, IncidentStatus status, List<Space> spaces, boolean hidden, Set<UserRef> who) {
    return new Incident(
        old.id(),
        old.title(),
        old.severity(),
        status,
        old.closing(),
        old.roles(),
        spaces,
        old.milestones(),
        old.impact(),
        old.services(),
        hidden,
        old.drill(),
        old.nextUpdate(),
        who,
        old.declaredBy(),
        old.touched(),
        old.version() + 1);
  }
}
