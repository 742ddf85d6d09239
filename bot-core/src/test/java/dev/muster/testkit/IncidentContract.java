// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.AlertRecord;
import dev.muster.store.AlertStore;
import dev.muster.store.IncidentIndex;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Incidents and alerts as they are now. */
abstract class IncidentContract extends EffectContract {

  private static final IncidentId THREE = new IncidentId(3);

  private void save(Incident incident) {
    change(tx -> tx.incidents().save(incident));
  }

  private List<Long> numbers(IncidentIndex.Query query) {
    return read(tx -> tx.incidents().list(query)).stream()
        .map(found -> found.id().number())
        .toList();
  }

  private static IncidentIndex.Query everything(Optional<UserRef> viewer) {
    return new IncidentIndex.Query(Set.of(), Set.of(), "", viewer, 0, 100);
  }

  @Test
  public final void incidents_saved_comeBackAsTheyWere() {
    Incident wanted = withSpace(incident(ONE, "Ünïcode \"title\""), ROOM);
    save(wanted);

    assertEquals(Optional.of(wanted), read(tx -> tx.incidents().find(ONE)));
    assertEquals(Optional.of(wanted), read(tx -> tx.incidents().livingIn(ROOM)));
    assertEquals(Optional.empty(), read(tx -> tx.incidents().find(TWO)));
  }

  /** Whoever writes asks before, between and after, so that nothing old can be remembered. */
  @Test
  public final void incidents_movedAndMovedBack_areFoundWhereTheyLive() {
    Incident home = withSpace(incident(ONE, "a"), ROOM);
    assertEquals(Optional.empty(), write(tx -> tx.incidents().livingIn(ROOM)));
    save(home);
    assertEquals(Optional.of(home), write(tx -> tx.incidents().livingIn(ROOM)));

    assertThrows(
        IllegalStateException.class,
        () ->
            write(
                tx -> {
                  tx.incidents().save(incident(ONE, "a"));
                  throw new IllegalStateException("" + tx.incidents().livingIn(ROOM));
                }));
    assertEquals(Optional.of(home), write(tx -> tx.incidents().livingIn(ROOM)));

    save(incident(ONE, "a"));
    assertEquals(Optional.empty(), write(tx -> tx.incidents().livingIn(ROOM)));
    save(withSpace(incident(TWO, "b"), ROOM));
    assertEquals(TWO, write(tx -> tx.incidents().livingIn(ROOM)).orElseThrow().id());
  }

  @Test
  public final void incidents_numbers_countFromOneWithoutGaps() {
    assertEquals(ONE, write(tx -> tx.incidents().nextId()));
    assertEquals(ONE, write(tx -> tx.incidents().nextId()));
    save(incident(ONE, "a"));
    assertThrows(
        IllegalStateException.class,
        () ->
            change(
                tx -> {
                  tx.incidents().save(incident(tx.incidents().nextId(), "lost"));
                  throw new IllegalStateException("on purpose");
                }));

    assertEquals(TWO, write(tx -> tx.incidents().nextId()));
  }

  @Test
  public final void incidents_twoInOneChannel_areRefused() {
    save(withSpace(incident(ONE, "a"), ROOM));

    assertThrows(RuntimeException.class, () -> save(withSpace(incident(TWO, "b"), ROOM)));
    assertEquals(Optional.empty(), read(tx -> tx.incidents().find(TWO)));
  }

  @Test
  public final void incidents_list_filtersAndPagesNewestFirst() {
    save(incident(ONE, "Checkout SLOW"));
    save(in(incident(TWO, "Payments down"), IncidentStatus.CLOSED));
    save(incident(THREE, "checkout gone"));

    assertEquals(List.of(3L, 2L, 1L), numbers(everything(Optional.empty())));
    assertEquals(
        List.of(3L, 1L),
        numbers(
            new IncidentIndex.Query(
                Set.of(IncidentStatus.INVESTIGATING), Set.of(), "", Optional.empty(), 0, 100)));
    assertEquals(
        List.of(3L, 1L),
        numbers(
            new IncidentIndex.Query(
                Set.of(), Set.of(Severity.SEV2), "checkOUT", Optional.empty(), 0, 100)));
    assertEquals(
        List.of(2L),
        numbers(new IncidentIndex.Query(Set.of(), Set.of(), "", Optional.empty(), 3, 1)));
    IncidentIndex.Query page =
        new IncidentIndex.Query(
            Set.of(IncidentStatus.INVESTIGATING), Set.of(), "", Optional.empty(), 3, 1);
    assertEquals(2L, read(tx -> tx.incidents().count(page)).longValue());
    assertEquals(
        List.of(3L, 1L),
        read(tx -> tx.incidents().unclosed()).stream().map(i -> i.id().number()).toList());
  }

  @Test
  public final void incidents_unclosed_areFoundByWhereTheyLiveAndWhomTheyName() {
    ChannelRef here = ROOM;
    ChannelRef longer = new ChannelRef(here.platform(), here.id() + "x");
    Space thread = new Space(here, "room", "", Optional.of("9.9"));
    Space other = new Space(longer, "room", "", Optional.of("9.9"));
    Space closed = new Space(here, "room", "", Optional.of("8.8"));
    save(withSpace(incident(ONE, "channel"), here));
    save(withSpaces(incident(TWO, "thread"), thread));
    save(withSpaces(incident(THREE, "another channel's thread"), other));
    save(in(withSpaces(incident(new IncidentId(4), "closed"), closed), IncidentStatus.CLOSED));
    save(privateTo(incident(new IncidentId(5), "names somebody"), Set.of(ANA.ref())));

    assertEquals(
        List.of(2L),
        read(tx -> tx.incidents().unclosedInThreadsOf(here)).stream()
            .map(i -> i.id().number())
            .toList());
    assertEquals(
        Map.of(ONE, true, TWO, false, THREE, false),
        read(tx -> tx.incidents().unclosedOn(here.platform())).stream()
            .collect(
                Collectors.toMap(
                    IncidentIndex.Dwelling::incident, IncidentIndex.Dwelling::isChannel)));
    assertTrue(
        read(tx -> tx.incidents().unclosedNaming(ANA.ref())).stream()
            .anyMatch(i -> i.id().number() == 5));
    assertEquals(
        List.of(),
        read(tx -> tx.incidents().unclosedNaming(new UserRef(ANA.ref().platform(), "Unobody"))));
  }

  @Test
  public final void incidents_private_areSeenByMembersOnly() {
    save(incident(ONE, "open"));
    save(privateTo(incident(TWO, "hidden"), Set.of(ANA.ref())));
    Optional<UserRef> ana = Optional.of(ANA.ref());
    Optional<UserRef> ben = Optional.of(BEN.ref());

    assertEquals(List.of(2L, 1L), numbers(everything(ana)));
    assertEquals(List.of(1L), numbers(everything(ben)));
    assertEquals(List.of(1L), numbers(everything(Optional.empty())));
    assertEquals(1L, read(tx -> tx.incidents().count(everything(ben))).longValue());
    assertEquals(2L, read(tx -> tx.incidents().count(everything(ana))).longValue());
    assertEquals(Set.of(), read(tx -> tx.incidents().hiddenFrom(ana)));
    assertEquals(Set.of(2L), read(tx -> tx.incidents().hiddenFrom(ben)));
    assertEquals(Set.of(2L), read(tx -> tx.incidents().hiddenFrom(Optional.empty())));

    save(privateTo(incident(TWO, "hidden"), Set.of(BEN.ref())));
    assertEquals(Set.of(2L), read(tx -> tx.incidents().hiddenFrom(ana)));
    assertEquals(Set.of(), read(tx -> tx.incidents().hiddenFrom(ben)));
  }

  @Test
  public final void incidents_workedOn_worstFirstThenNewest() {
    save(severe(incident(ONE, "bad"), Severity.SEV1));
    save(incident(TWO, "older"));
    save(incident(THREE, "newer"));
    save(in(severe(incident(new IncidentId(4), "over"), Severity.SEV1), IncidentStatus.RESOLVED));
    save(in(severe(incident(new IncidentId(5), "gone"), Severity.SEV1), IncidentStatus.CLOSED));
    save(
        privateTo(severe(incident(new IncidentId(6), "hidden"), Severity.SEV1), Set.of(BEN.ref())));

    assertEquals(List.of(1L, 3L, 2L), worst(Optional.of(ANA.ref()), 10));
    assertEquals(List.of(6L, 1L, 3L), worst(Optional.of(BEN.ref()), 3));
    assertEquals(List.of(1L, 3L, 2L), worst(Optional.empty(), 10));
  }

  private List<Long> worst(Optional<UserRef> viewer, int limit) {
    return read(tx -> tx.incidents().worst(viewer, limit)).stream()
        .map(found -> found.id().number())
        .toList();
  }

  private static AlertRecord alert(String id, String fingerprint, Optional<IncidentId> incident) {
    Alert latest =
        new Alert(
            new AlertKey("prom", fingerprint),
            Alert.Status.FIRING,
            "High latency",
            "critical",
            Map.of("alertname", "Latency", "service", "checkout"),
            Map.of("summary", "slow"),
            NOON,
            Optional.empty(),
            "http://prom/graph",
            List.of());
    return new AlertRecord(
        id, latest, incident, "g-" + fingerprint, "declared", 1, NOON, NOON, Optional.empty());
  }

  private static AlertRecord resolved(AlertRecord old) {
    Alert was = old.latest();
    Alert now =
        new Alert(
            was.key(),
            Alert.Status.RESOLVED,
            was.title(),
            was.severity(),
            was.labels(),
            was.annotations(),
            was.startsAt(),
            Optional.of(NOON),
            was.url(),
            was.flags());
    return new AlertRecord(
        old.id(),
        now,
        old.incident(),
        old.groupKey(),
        "resolved",
        old.statements() + 1,
        old.firstAt(),
        NOON.plusSeconds(9),
        Optional.of(NOON.plusSeconds(99)));
  }

  @Test
  public final void alerts_savedAgain_stayOneRecordPerKey() {
    AlertRecord first = alert("a1", "f1", Optional.empty());
    change(tx -> tx.alerts().save(first));
    assertEquals(Optional.of(first), read(tx -> tx.alerts().find(first.latest().key())));

    AlertRecord second = resolved(first);
    change(tx -> tx.alerts().save(second));

    assertEquals(Optional.of(second), read(tx -> tx.alerts().find(first.latest().key())));
    assertEquals(Optional.of(second), read(tx -> tx.alerts().byId("a1")));
    assertEquals(List.of(second), read(tx -> tx.alerts().list(false, "", 10)));
    assertEquals(List.of(), read(tx -> tx.alerts().list(true, "", 10)));
  }

  @Test
  public final void alerts_moved_belongToTheOtherIncidentAsWell() {
    change(
        tx -> {
          tx.alerts().save(alert("a1", "f1", Optional.of(ONE)));
          tx.alerts().save(alert("a2", "f2", Optional.of(ONE)));
          tx.alerts().save(alert("a3", "f3", Optional.empty()));
        });

    change(tx -> assertEquals(2, tx.alerts().move(ONE, TWO)));

    assertEquals(Optional.of(TWO), read(tx -> tx.alerts().byId("a1")).orElseThrow().incident());
    assertEquals(List.of("a1", "a2"), ids(read(tx -> tx.alerts().of(TWO))));
    assertEquals(List.of("a1", "a2"), ids(read(tx -> tx.alerts().of(ONE))));
    assertEquals(Optional.empty(), read(tx -> tx.alerts().byId("a3")).orElseThrow().incident());
    change(tx -> assertEquals(0, tx.alerts().move(ONE, TWO)));
  }

  @Test
  public final void alerts_list_pagesNewestFirst() {
    change(
        tx -> {
          for (int i = 1; i <= 5; i++) {
            AlertRecord each = alert("a" + i, "f" + i, Optional.of(ONE));
            tx.alerts().save(i == 3 ? resolved(each) : each);
          }
        });

    assertEquals(List.of("a5", "a4"), ids(read(tx -> tx.alerts().list(false, "", 2))));
    assertEquals(List.of("a3", "a2"), ids(read(tx -> tx.alerts().list(false, "a4", 2))));
    assertEquals(List.of("a2", "a1"), ids(read(tx -> tx.alerts().list(true, "a4", 9))));
    assertEquals(List.of("a1", "a2", "a3", "a4", "a5"), ids(read(tx -> tx.alerts().of(ONE))));
    AlertStore.Tally tally = read(tx -> tx.alerts().tally(ONE, 2));
    assertEquals(List.of(5L, 4L), List.of(tally.all(), tally.firing()));
    assertEquals(List.of("a1", "a2"), ids(tally.first()));
  }

  private static List<String> ids(List<AlertRecord> alerts) {
    return alerts.stream().map(AlertRecord::id).toList();
  }

  @Test
  public final void alerts_incidentOfGroup_isTheUnclosedOne() {
    save(incident(ONE, "a"));
    change(tx -> tx.alerts().declared("prom", "g1", ONE, NOON));
    assertEquals(Optional.of(ONE), read(tx -> tx.alerts().incidentOfGroup("g1")));
    assertEquals(Optional.empty(), read(tx -> tx.alerts().incidentOfGroup("g2")));
    assertEquals(Optional.empty(), read(tx -> tx.alerts().incidentOfGroup("")));

    save(in(incident(ONE, "a"), IncidentStatus.CLOSED));
    assertEquals(Optional.empty(), read(tx -> tx.alerts().incidentOfGroup("g1")));

    save(incident(TWO, "b"));
    change(tx -> tx.alerts().save(alert("a1", "f1", Optional.of(TWO))));
    assertEquals(Optional.of(TWO), read(tx -> tx.alerts().incidentOfGroup("g-f1")));
  }

  @Test
  public final void alerts_declarationsSince_areCountedPerSource() {
    Instant later = NOON.plusSeconds(60);
    change(
        tx -> {
          tx.alerts().declared("prom", "g1", ONE, NOON);
          tx.alerts().declared("prom", "g2", TWO, later);
          tx.alerts().declared("other", "g3", THREE, later);
        });

    assertEquals(List.of(NOON, later), read(tx -> tx.alerts().declarationsSince("prom", NOON)));
    assertEquals(
        List.of(later), read(tx -> tx.alerts().declarationsSince("prom", NOON.plusSeconds(1))));
  }

  @Test
  public final void alerts_lastBody_isTheNewestOfItsSource() {
    assertTrue(read(tx -> tx.alerts().lastBody("prom")).isEmpty());
    change(tx -> tx.alerts().rememberBody("prom", "h1", NOON));
    change(tx -> tx.alerts().rememberBody("other", "h2", NOON));
    change(tx -> tx.alerts().rememberBody("prom", "h3", NOON));

    assertEquals(Optional.of("h3"), read(tx -> tx.alerts().lastBody("prom")));
  }
}
