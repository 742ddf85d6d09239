// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Facts: appended, read, chained, erased, found. */
abstract class TimelineContract extends StoreGround {

  private static final Set<EntryKind> ALL = Set.of();

  private List<String> texts(Stream stream) {
    return read(tx -> tx.timeline().read(stream, 0, 1_000, ALL)).stream()
        .map(TimelineEntry::text)
        .toList();
  }

  @Test
  public final void append_readBack_isTheSameEntry() {
    NewEntry wanted =
        note("Ünïcode ✓ \"quoted\" \n second line")
            .because("to show it")
            .about("web:c-1/m-1")
            .with(
                Map.of(
                    "count",
                    3,
                    "ratio",
                    0.5,
                    "yes",
                    true,
                    "words",
                    List.of("a", "b"),
                    "inner",
                    Map.of("deep", 7L, "big", 5_000_000_000L)));

    TimelineEntry stored = write(tx -> tx.timeline().append(FIRST, wanted, NOON.plusSeconds(1)));

    assertEquals(List.of(stored), read(tx -> tx.timeline().read(FIRST, 0, 10, ALL)));
    assertEquals(wanted.text(), stored.text());
    assertEquals(NOON, stored.occurredAt());
    assertEquals(NOON.plusSeconds(1), stored.at());
    assertEquals(new TimelineEntry.Who("person", "web:u-ana", "Ana"), stored.actor());
    assertEquals(3L, stored.data().get("count"));
    assertEquals(Map.of("big", 5_000_000_000L, "deep", 7L), stored.data().get("inner"));
  }

  @Test
  public final void append_severalStreams_countsEachFromOneWithoutGaps() {
    List<Long> places =
        write(
            tx -> {
              List<Long> seqs = new ArrayList<>();
              seqs.add(tx.timeline().append(FIRST, note("a"), NOON).seq());
              seqs.add(tx.timeline().append(Stream.JOURNAL, note("b"), NOON).seq());
              seqs.add(tx.timeline().append(FIRST, note("c"), NOON).seq());
              return seqs;
            });

    assertEquals(List.of(1L, 1L, 2L), places);
    assertEquals(2L, (long) read(tx -> tx.timeline().lastSeq(FIRST)));
    assertEquals(0L, (long) read(tx -> tx.timeline().lastSeq(Stream.of(TWO))));
  }

  @Test
  public final void append_eachEntry_carriesTheHashOfTheOneBefore() {
    TimelineEntry first = write(tx -> tx.timeline().append(FIRST, note("a"), NOON));
    TimelineEntry second = write(tx -> tx.timeline().append(FIRST, note("b"), NOON));

    assertEquals("0".repeat(64), first.prev());
    assertEquals(first.hash(), second.prev());
    assertEquals(64, second.hash().length());
    assertNotEquals(first.hash(), second.hash());
    assertEquals(Optional.empty(), read(tx -> tx.timeline().firstBroken(FIRST)));
  }

  @Test
  public final void append_afterAUnitThatThrew_leavesNoGap() {
    change(tx -> tx.timeline().append(FIRST, note("a"), NOON));
    assertThrows(
        IllegalStateException.class,
        () ->
            change(
                tx -> {
                  tx.timeline().append(FIRST, note("lost"), NOON);
                  throw new IllegalStateException("on purpose");
                }));

    change(tx -> tx.timeline().append(FIRST, note("b"), NOON));

    assertEquals(List.of("a", "b"), texts(FIRST));
    assertEquals(2L, (long) read(tx -> tx.timeline().lastSeq(FIRST)));
    assertEquals(Optional.empty(), read(tx -> tx.timeline().firstBroken(FIRST)));
  }

  @Test
  public final void read_pageByPage_givesEveryEntryOnceInOrder() {
    change(
        tx -> {
          for (int i = 0; i < 25; i++) {
            tx.timeline().append(FIRST, note("n" + i), NOON);
          }
        });

    List<String> seen = new ArrayList<>();
    long after = 0;
    List<TimelineEntry> page = page(after);
    while (!page.isEmpty()) {
      page.forEach(entry -> seen.add(entry.text()));
      after = page.get(page.size() - 1).seq();
      page = page(after);
    }

    assertEquals(texts(FIRST), seen);
    assertEquals(25, seen.size());
  }

  private List<TimelineEntry> page(long after) {
    return read(tx -> tx.timeline().read(FIRST, after, 10, ALL));
  }

  @Test
  public final void read_someKinds_givesOnlyThese() {
    change(
        tx -> {
          tx.timeline().append(FIRST, note("a"), NOON);
          tx.timeline().append(FIRST, of(EntryKind.STATUS_CHANGED, "b"), NOON);
          tx.timeline().append(FIRST, of(EntryKind.BOT_POSTED, "c"), NOON);
        });

    List<TimelineEntry> found =
        read(
            tx ->
                tx.timeline()
                    .read(FIRST, 0, 10, Set.of(EntryKind.STATUS_CHANGED, EntryKind.BOT_POSTED)));

    assertEquals(List.of("b", "c"), found.stream().map(TimelineEntry::text).toList());
    assertNotEquals("0".repeat(64), found.get(0).prev());
  }

  private static NewEntry of(EntryKind kind, String text) {
    return NewEntry.of(NOON, kind, note("").actor(), text);
  }

  @Test
  public final void latest_severalAboutOneThing_isTheNewest() {
    change(
        tx -> {
          tx.timeline().append(FIRST, note("old").about("m-1"), NOON);
          tx.timeline().append(FIRST, note("new").about("m-1"), NOON);
          tx.timeline().append(FIRST, note("other").about("m-2"), NOON);
          tx.timeline().append(Stream.of(TWO), note("elsewhere").about("m-1"), NOON);
        });

    assertEquals(
        Optional.of("new"),
        read(tx -> tx.timeline().latest(FIRST, EntryKind.NOTE_ADDED, "m-1"))
            .map(TimelineEntry::text));
    assertEquals(
        Optional.empty(), read(tx -> tx.timeline().latest(FIRST, EntryKind.BOT_POSTED, "m-1")));
  }

  @Test
  public final void eraseText_laterReading_hasNoWordsAndAnUnbrokenChain() {
    change(
        tx -> {
          tx.timeline().append(FIRST, note("keep"), NOON);
          tx.timeline().append(FIRST, note("a secret").because("why").about("m-1"), NOON);
          tx.timeline().append(FIRST, note("keep too"), NOON);
        });

    change(tx -> tx.timeline().eraseText(FIRST, 2));

    TimelineEntry erased = read(tx -> tx.timeline().read(FIRST, 1, 1, ALL)).get(0);
    assertEquals("", erased.text());
    assertEquals(Map.of(), erased.data());
    assertEquals("m-1", erased.ref());
    assertEquals("web:u-ana", erased.actor().id());
    assertEquals(Optional.empty(), read(tx -> tx.timeline().firstBroken(FIRST)));
    world().settle();
    assertTrue(read(tx -> tx.timeline().search("secret", Optional.empty(), 10)).isEmpty());
  }

  @Test
  public final void search_allWordsInAnyCase_newestFirst() {
    Instant later = NOON.plusSeconds(1);
    change(
        tx -> {
          tx.timeline().append(FIRST, note("The checkout is slow"), NOON);
          tx.timeline().append(Stream.of(TWO), note("Slow again: CHECKOUT, payments"), later);
          tx.timeline().append(FIRST, note("checkout is fine"), later);
        });
    world().settle();

    List<TimelineEntry> found =
        read(tx -> tx.timeline().search("slow checkout", Optional.empty(), 10));

    assertEquals(
        List.of("Slow again: CHECKOUT, payments", "The checkout is slow"),
        found.stream().map(TimelineEntry::text).toList());
    assertEquals(1, read(tx -> tx.timeline().search("slow", Optional.empty(), 1)).size());
  }

  @Test
  public final void search_factsOfPrivateIncidents_areFoundByMembersAlone() {
    Optional<UserRef> ana = Optional.of(ANA.ref());
    Optional<UserRef> ben = Optional.of(BEN.ref());
    change(
        tx -> {
          tx.incidents().save(incident(ONE, "Checkout"));
          tx.incidents().save(privateTo(incident(TWO, "Payments"), Set.of(ANA.ref())));
          tx.timeline().append(FIRST, note("slow"), NOON);
          tx.timeline().append(Stream.of(TWO), note("slow as well"), NOON);
        });
    world().settle();

    assertEquals(Set.of(1L, 2L), foundIn("slow", ana));
    assertEquals(Set.of(1L), foundIn("slow", ben));
    assertEquals(Set.of(1L), foundIn("slow", Optional.empty()));
  }

  private Set<Long> foundIn(String words, Optional<UserRef> viewer) {
    return read(tx -> tx.timeline().search(words, viewer, 10)).stream()
        .map(entry -> entry.stream().number())
        .collect(Collectors.toSet());
  }

  @Test
  public final void read_someKinds_inTheirOrderFromAPlaceOn() {
    NewEntry said = note("said");
    change(
        tx -> {
          for (EntryKind kind :
              List.of(
                  EntryKind.MESSAGE_LOGGED,
                  EntryKind.NOTE_ADDED,
                  EntryKind.BOT_POSTED,
                  EntryKind.MESSAGE_LOGGED,
                  EntryKind.NOTE_ADDED,
                  EntryKind.MESSAGE_LOGGED)) {
            NewEntry entry = NewEntry.of(NOON, kind, said.actor(), "said");
            tx.timeline().append(FIRST, entry, NOON);
            tx.timeline().append(Stream.of(TWO), entry, NOON);
          }
        });
    Set<EntryKind> one = Set.of(EntryKind.NOTE_ADDED);
    Set<EntryKind> two = Set.of(EntryKind.NOTE_ADDED, EntryKind.MESSAGE_LOGGED);

    assertEquals(List.of(2L, 5L), places(0, 10, one));
    assertEquals(List.of(5L), places(2, 10, one));
    assertEquals(List.of(1L, 2L, 4L, 5L, 6L), places(0, 10, two));
    assertEquals(List.of(2L, 4L, 5L), places(1, 3, two));
  }

  private List<Long> places(long after, int limit, Set<EntryKind> kinds) {
    return read(tx -> tx.timeline().read(FIRST, after, limit, kinds)).stream()
        .map(TimelineEntry::seq)
        .toList();
  }

  @Test
  public final void search_hostileWords_areTakenAsWords() {
    change(tx -> tx.timeline().append(FIRST, note("a NEAR miss of rollback-42 \"x\""), NOON));
    world().settle();

    for (String words :
        List.of("NEAR", "rollback-42", "\"x\"", "near AND", "miss*", "miss) OR (", "'miss'")) {
      read(tx -> tx.timeline().search(words, Optional.empty(), 10));
    }
    assertFalse(read(tx -> tx.timeline().search("rollback-42", Optional.empty(), 10)).isEmpty());
    assertTrue(read(tx -> tx.timeline().search("mis*", Optional.empty(), 10)).isEmpty());
    assertTrue(read(tx -> tx.timeline().search("\"*\" ()", Optional.empty(), 10)).isEmpty());
  }

  @Test
  public final void search_theJournal_isNotFound() {
    change(tx -> tx.timeline().append(Stream.JOURNAL, note("denied entry"), NOON));
    world().settle();

    assertTrue(read(tx -> tx.timeline().search("denied", Optional.empty(), 10)).isEmpty());
  }
}
