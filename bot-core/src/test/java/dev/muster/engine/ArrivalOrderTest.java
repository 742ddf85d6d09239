// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessPolicy;
import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.Tx;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Remark;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six related events in each of the 720 orders in which a platform may deliver them: what stands on
 * the timeline in the end is always the same, and so is what the postmortem quotes.
 */
class ArrivalOrderTest {

  private static final Person ADA = new Person(new UserRef("slack", "U1"), "ada");
  private static final Person LI = new Person(new UserRef("slack", "U2"), "li");

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final Instant noon = clock.instant();
  @TempDir Path folder;
  private SqlStore store;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** What is left of one order of arrival. */
  private record Left(List<Remark> remarks, List<String> highlights, List<String> quoted) {}

  @Test
  void message_withItsEditReactionReplyAndFile_endsTheSameInEveryOrder() {
    Left left = same(true);

    assertEquals(3, left.remarks().size());
    Remark root = left.remarks().get(0);
    assertEquals("the 15:40 deploy", root.text());
    assertTrue(root.highlighted());
    assertEquals(Map.of("pushpin", Set.of("slack:U2")), root.reactions());
    assertTrue(left.remarks().get(1).removedAt().isPresent());
    assertEquals(Set.of("p99.png"), left.remarks().get(2).files());
    assertEquals(List.of("the 15:40 deploy"), left.highlights());
    assertEquals(1, left.quoted().size());
  }

  @Test
  void message_thatIsDeletedInTheEnd_isNoHighlightInAnyOrder() {
    Left left = same(false);

    Remark root = left.remarks().get(0);
    assertTrue(root.removedAt().isPresent());
    assertEquals(List.of(), left.highlights());
    assertEquals(List.of(), left.quoted());
  }

  private Left same(boolean rootStays) {
    Set<Left> all = new HashSet<>();
    List<List<Integer>> orders = new ArrayList<>();
    permute(new ArrayList<>(List.of(0, 1, 2, 3, 4, 5)), 0, orders);
    assertEquals(720, orders.size());
    for (List<Integer> order : orders) {
      all.add(store.run(tx -> arrive(tx, order, rootStays)));
    }
    assertEquals(1, all.size(), () -> "different ends: " + all);
    return all.iterator().next();
  }

  private static void permute(List<Integer> rest, int from, List<List<Integer>> all) {
    if (from == rest.size()) {
      all.add(List.copyOf(rest));
    }
    for (int i = from; i < rest.size(); i++) {
      Collections.swap(rest, from, i);
      permute(rest, from + 1, all);
      Collections.swap(rest, from, i);
    }
  }

  private Left arrive(Tx tx, List<Integer> order, boolean rootStays) {
    Moment moment = new Moment(tx, clock.instant(), settings());
    IncidentId id = tx.incidents().nextId();
    ChannelRef channel = new ChannelRef("slack", "C" + id.number());
    Incident incident = incident(id, channel);
    tx.incidents().save(incident);
    Tokens tokens = new Tokens(new byte[32]);
    HomeDesk homes = new HomeDesk(new Platforms(), tokens);
    Marks marks = new Marks(new NotesDesk(homes), new TaskDesk(null, tokens), new Gate());
    Conversations conversations = new Conversations(null, marks);
    for (int number : order) {
      happen(moment, conversations, channel, number, rootStays);
    }
    List<TimelineEntry> entries = tx.timeline().read(Stream.of(id), 0, 100, Set.of());
    List<String> highlights =
        Discussion.settled(entries).stream()
            .filter(entry -> entry.kind() == EntryKind.HIGHLIGHTED)
            .map(TimelineEntry::text)
            .toList();
    List<String> quoted =
        Postmortem.of(incident, entries, noon).sections().stream()
            .flatMap(part -> part.statements().stream())
            .map(Postmortem.Statement::text)
            .filter(text -> text.contains("deploy"))
            .toList();
    List<Remark> remarks =
        Discussion.of(entries).remarks().stream().map(ArrivalOrderTest::withoutChannel).toList();
    return new Left(remarks, highlights, quoted);
  }

  private static Remark withoutChannel(Remark r) {
    return new Remark(
        "",
        r.ref(),
        r.by(),
        r.text(),
        r.at(),
        r.thread(),
        r.known(),
        r.editedAt(),
        r.removedAt(),
        r.reactions(),
        r.highlighted(),
        r.files());
  }

  private void happen(
      Moment moment,
      Conversations conversations,
      ChannelRef channel,
      int number,
      boolean rootStays) {
    MessageRef root = new MessageRef(channel, "1.000001");
    MessageRef reply = new MessageRef(channel, "1.000002");
    Profile ada = Profile.member(ADA);
    Profile li = Profile.member(LI);
    SharedFile graph = new SharedFile("F1", "p99.png", "image/png", 4711, "https://a.example/F1");
    Optional<String> thread = Optional.of(root.id());
    switch (number) {
      case 0 -> conversations.posted(moment, said(ada, root, "teh deploy", Optional.empty()));
      case 1 ->
          conversations.edited(
              moment,
              new ChatEvent.MessageEdited(noon.plusSeconds(30), ada, root, "the 15:40 deploy"));
      case 2 -> conversations.posted(moment, said(li, reply, "are you sure", thread));
      case 3 ->
          conversations.deleted(
              moment,
              new ChatEvent.MessageDeleted(
                  noon.plusSeconds(40), Optional.of(li), rootStays ? reply : root));
      case 4 ->
          conversations
              .marks()
              .reacted(
                  moment, new ChatEvent.ReactionAdded(noon.plusSeconds(35), li, root, "pushpin"));
      default ->
          conversations.posted(
              moment,
              new ChatEvent.MessagePosted(
                  noon.plusSeconds(3),
                  ada,
                  new Place(channel, "inc", thread),
                  new MessageRef(channel, "1.000003"),
                  "",
                  Optional.empty(),
                  List.of(graph)));
    }
  }

  private ChatEvent.MessagePosted said(
      Profile by, MessageRef message, String text, Optional<String> thread) {
    int second = message.id().charAt(message.id().length() - 1) - '0';
    return new ChatEvent.MessagePosted(
        noon.plusSeconds(second),
        by,
        new Place(message.channel(), "inc", thread),
        message,
        text,
        Optional.empty(),
        List.of());
  }

  private Incident incident(IncidentId id, ChannelRef channel) {
    Actor actor = new Actor.Human(ADA);
    Incident begun =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                id, "slow", Severity.SEV2, List.of(), false, false, Optional.empty()),
            actor,
            noon);
    Incident open =
        IncidentHistory.after(
            begun, new IncidentEvent.SpaceOpened(new Space(channel, "inc", "")), actor, noon);
    return IncidentHistory.after(open, new IncidentEvent.Touched(), actor, noon);
  }

  private static Settings settings() {
    return new Settings(
        "http://localhost:8080",
        List.of(),
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        true,
        new AccessPolicy(AccessRules.everybody(Level.APPROVER)),
        Map.of(),
        ReactionNames.of(List.of("pushpin"), List.of("white_check_mark")),
        "1.2.3");
  }
}
