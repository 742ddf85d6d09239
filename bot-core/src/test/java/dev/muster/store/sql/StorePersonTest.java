// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Memory;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.store.Inbound;
import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who asks what is held of them, and then asks to be forgotten. */
class StorePersonTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final Person ZORA = new Person(new UserRef("slack", "U7"), "Zora Quellmann");
  private static final Person LI = new Person(new UserRef("slack", "U8"), "Li");
  private static final String EMAIL = "zora.quellmann@corp.example";
  private static final Actor BY = new Actor.Bot();

  @TempDir Path folder;

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("muster.db");
  }

  private SqlStore open() {
    return ((StoreOpening.Opened)
            SqlStore.open(url(), ManualClock.atNoon(), () -> "id", new Telemetry()))
        .store();
  }

  @BeforeEach
  void live() throws InterruptedException {
    try (SqlStore store = open()) {
      store.run(StorePersonTest::everything);
      store.settle();
    }
  }

  private static boolean everything(Tx tx) {
    Optional<String> email = Optional.of(EMAIL);
    tx.people().remember(new Profile(ZORA, email, Optional.empty(), false, false, true), NOON);
    tx.people().remember(Profile.member(LI), NOON);
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            new IncidentId(1),
            "slow since ZORA QUELLMANN left",
            Severity.SEV2,
            List.of(),
            true,
            false,
            Optional.empty());
    tx.incidents().save(IncidentHistory.begin(declared, new Actor.Human(ZORA), NOON));
    Stream first = new Stream(1);
    Actor zora = new Actor.Human(ZORA);
    Actor li = new Actor.Human(LI);
    String asked = "ask Zora  Quellmann or " + EMAIL;
    tx.timeline().append(first, NewEntry.of(NOON, EntryKind.NOTE_ADDED, zora, "restarted"), NOON);
    tx.timeline().append(first, NewEntry.of(NOON, EntryKind.NOTE_ADDED, li, asked), NOON);
    tx.timeline().append(first, NewEntry.of(NOON, EntryKind.NOTE_ADDED, li, "fine"), NOON);
    tx.timeline()
        .append(
            Stream.JOURNAL,
            NewEntry.of(NOON, EntryKind.SIGNED_IN, zora, "Zora Quellmann signed in."),
            NOON);
    tx.keepNote("address/" + EMAIL, "slack:U7");
    tx.remember("slack", List.of(Memory.Write.of("name/U7", "{\"name\":\"Zora Quellmann\"}")));
    ChannelRef room = new ChannelRef("slack", "C1");
    byte[] raw = "text=ask%20Zora%20Quellmann".getBytes(StandardCharsets.UTF_8);
    ChatEvent said =
        new ChatEvent.MessagePosted(
            NOON,
            Profile.member(ZORA),
            Place.of(room, "general"),
            new MessageRef(room, "1.1"),
            "me, Zora Quellmann",
            Optional.empty(),
            List.of());
    tx.inbox().put("slack", "k", raw, new Inbound.Chat("slack", said), NOON);
    return true;
  }

  private StorePerson.Wish wish(String reason) {
    return new StorePerson.Wish(ZORA.ref(), reason, BY, NOON, false);
  }

  private List<String> filesNamingHer() throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (bytes.toLowerCase(Locale.ROOT).contains("quellmann")) {
          found.add(file.getFileName().toString());
        }
      }
    }
    return found;
  }

  @Test
  void forgotten_isNamedNowhere_andTheChainFits() throws IOException {
    assertFalse(filesNamingHer().isEmpty());

    StorePerson.Forgotten forgotten = StorePerson.forget(url(), wish("asked"), () -> "01ABCDEF12");

    assertEquals("person-abcdef12", forgotten.pseudonym());
    assertEquals(3, forgotten.done().entries());
    assertEquals(0, forgotten.done().fixed());
    assertEquals(List.of(), filesNamingHer());
    ChainReport report = ChainCheck.check(url());
    assertTrue(report.fits(), report.toString());
    assertEquals(3, report.erased());
    try (SqlStore store = open()) {
      var entries = store.read(tx -> tx.timeline().read(new Stream(1), 0, 10, Set.of()));
      assertEquals("person-abcdef12", entries.get(0).actor().name());
      assertEquals("slack:U7", entries.get(0).actor().id());
      assertEquals("restarted", entries.get(0).text());
      String address = "person-abcdef12@forgotten.invalid";
      assertEquals("ask person-abcdef12 or " + address, entries.get(1).text());
      assertEquals("fine", entries.get(2).text());
      assertEquals(EntryKind.REDACTED, entries.get(3).kind());
      assertEquals("asked", entries.get(3).reason());
      var profile = store.read(tx -> tx.people().find(ZORA.ref())).orElseThrow().profile();
      assertEquals("person-abcdef12", profile.person().name());
      assertEquals(Optional.of(address), profile.email());
      assertEquals(1, store.read(tx -> tx.incidents().unclosedNaming(ZORA.ref())).size());
    }
    StorePerson.Forgotten again = StorePerson.forget(url(), wish("asked"), () -> "01ABCDEF99");
    assertEquals("person-abcdef12", again.pseudonym());
  }

  @Test
  void formerName_thatOnlyRecordsOfOthersHold_isForgotten() throws IOException {
    Person before = new Person(ZORA.ref(), "Zorana Altname");
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            Incident incident = tx.incidents().find(new IncidentId(1)).orElseThrow();
            Role role = Role.COMMANDER;
            IncidentEvent.RoleAssigned given =
                new IncidentEvent.RoleAssigned(role, before, Optional.empty());
            tx.incidents().save(IncidentHistory.after(incident, given, new Actor.Human(LI), NOON));
            return true;
          });
    }

    StorePerson.forget(url(), wish("asked"), () -> "01ABCDEF12");

    try (SqlStore store = open()) {
      Incident incident = store.read(tx -> tx.incidents().find(new IncidentId(1))).orElseThrow();
      assertEquals("person-abcdef12", incident.roles().get(Role.COMMANDER).name());
      assertEquals(ZORA.ref(), incident.roles().get(Role.COMMANDER).ref());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"person", "Slack", "person-smith", "SEV2", "ref"})
  void nameThatTheProgramUsesToo_isForgotten_andTheStoreIsRead(String name) throws IOException {
    Person hostile = new Person(new UserRef("slack", "U9"), name);
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            tx.people().remember(Profile.member(hostile), NOON);
            Incident incident = tx.incidents().find(new IncidentId(1)).orElseThrow();
            IncidentEvent.RoleAssigned given =
                new IncidentEvent.RoleAssigned(Role.COMMANDER, hostile, Optional.empty());
            tx.incidents()
                .save(IncidentHistory.after(incident, given, new Actor.Human(hostile), NOON));
            NewEntry note = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Human(hostile), "me");
            tx.timeline().append(new Stream(1), note, NOON);
            return true;
          });
    }

    StorePerson.forget(
        url(), new StorePerson.Wish(hostile.ref(), "asked", BY, NOON, false), () -> "01ABCDEF12");

    try (SqlStore store = open()) {
      Incident incident = store.read(tx -> tx.incidents().find(new IncidentId(1))).orElseThrow();
      assertEquals(Severity.SEV2, incident.severity());
      assertEquals(
          new Person(hostile.ref(), "person-abcdef12"), incident.roles().get(Role.COMMANDER));
      assertEquals(
          "person-abcdef12",
          store
              .read(tx -> tx.people().find(hostile.ref()))
              .orElseThrow()
              .profile()
              .person()
              .name());
      assertEquals(1, store.read(tx -> tx.inbox().waiting(NOON, 10)).size());
    }
    assertTrue(ChainCheck.check(url()).fits());
  }

  @Test
  void nameThatWasRedactedBefore_leavesWhatElseWasRedacted() throws IOException {
    Actor redacted = new Actor.Human(new Person(ZORA.ref(), "[redacted]"));
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            Stream first = new Stream(1);
            NewEntry by = NewEntry.of(NOON, EntryKind.NOTE_ADDED, redacted, "mine");
            NewEntry other =
                NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Human(LI), "a [redacted] b");
            tx.timeline().append(first, by, NOON);
            return tx.timeline().append(first, other, NOON);
          });
    }

    StorePerson.forget(url(), wish("asked"), () -> "01ABCDEF12");

    try (SqlStore store = open()) {
      var entries = store.read(tx -> tx.timeline().read(new Stream(1), 4, 1, Set.of()));
      assertEquals("a [redacted] b", entries.get(0).text());
    }
  }

  @Test
  void shortName_isRefusedWithTheCommandThatTakesItOut() {
    StorePerson.Wish brief = new StorePerson.Wish(LI.ref(), "asked", BY, NOON, false);

    IOException refused =
        assertThrows(IOException.class, () -> StorePerson.forget(url(), brief, () -> "01ABCDEF12"));

    String mend = "forget-person slack:U8 --reason asked --short-names";
    assertTrue(refused.getMessage().endsWith(mend), refused.getMessage());
  }

  @Test
  void shortName_whenAsked_goesWhereItIsAWordOfItsOwn() throws IOException {
    Actor zora = new Actor.Human(ZORA);
    String others = "Link the lift; li is a unit, LI a flag. Ask Li, not Liam.";
    try (SqlStore store = open()) {
      NewEntry note = NewEntry.of(NOON, EntryKind.NOTE_ADDED, zora, others);
      store.run(tx -> tx.timeline().append(new Stream(1), note, NOON));
    }

    StorePerson.forget(
        url(), new StorePerson.Wish(LI.ref(), "asked", BY, NOON, true), () -> "01ABCDEF12");

    try (SqlStore store = open()) {
      var entries = store.read(tx -> tx.timeline().read(new Stream(1), 0, 10, Set.of()));
      assertEquals("person-abcdef12", entries.get(1).actor().name());
      assertEquals(
          "Link the lift; li is a unit, LI a flag. Ask person-abcdef12, not Liam.",
          entries.get(3).text());
      assertEquals(
          "person-abcdef12",
          store.read(tx -> tx.people().find(LI.ref())).orElseThrow().profile().person().name());
    }
    assertTrue(ChainCheck.check(url()).fits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "a"})
  void shortName_thatIsPartOfIdentifiersAndTimes_leavesThem(String name) throws IOException {
    Person brief = new Person(new UserRef("slack", "U9"), name);
    String kept = "{\"channel\":\"a:1x-a\",\"message\":\"1.1\",\"incident\":\"INC-1\"}";
    String text = "INC-1 at 12:1 by a-team of a:1x-a, v1.1; ask %s. cc:%1$s".formatted(name);
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            tx.people().remember(Profile.member(brief), NOON);
            tx.remember("teams", List.of(Memory.Write.of("room/a:1x-a", kept)));
            NewEntry note = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Human(LI), text);
            return tx.timeline().append(new Stream(1), note, NOON);
          });
    }

    StorePerson.forget(
        url(), new StorePerson.Wish(brief.ref(), "asked", BY, NOON, true), () -> "01ABCDEF12");

    try (SqlStore store = open()) {
      assertEquals(
          "INC-1 at 12:1 by a-team of a:1x-a, v1.1; ask person-abcdef12. cc:person-abcdef12",
          store.read(tx -> tx.timeline().read(new Stream(1), 3, 1, Set.of())).get(0).text());
      assertEquals(Optional.of(kept), store.memory("teams").get("room/a:1x-a"));
    }
  }

  @Test
  void held_ofSomebody_isAllOfIt() throws IOException {
    try (SqlStore running = open()) {
      assertEquals(1, running.read(tx -> tx.incidents().unclosed()).size());
      String held = StorePerson.about(url(), ZORA.ref());

      for (String part :
          List.of(
              "\"names\" : [ \"Zora Quellmann\" ]",
              "\"email\" : \"" + EMAIL + "\"",
              "\"text\" : \"restarted\"",
              "\"incident\" : \"journal\"",
              "\"in\" : \"inbox\"",
              "\"in\" : \"memory\"",
              "\"in\" : \"incident\"",
              "\"in\" : \"incident_member\"",
              "\"value\" : \"address/" + EMAIL + "\"",
              "ask Zora  Quellmann")) {
        assertTrue(held.contains(part), part + " in " + held);
      }
      assertFalse(held.contains("fine"), held);
    }
  }

  @Test
  void held_ofSomebodyInAFile_isForItsOwnerAlone() throws IOException {
    Path target = folder.resolve("zora.json");

    StorePerson.about(url(), ZORA.ref(), target);

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    assertTrue(Files.readString(target).contains("restarted"));
    assertThrows(
        FileAlreadyExistsException.class, () -> StorePerson.about(url(), ZORA.ref(), target));
  }

  @Test
  void wish_thatCannotBeMet_changesNothing() throws IOException {
    StorePerson.Wish nobody =
        new StorePerson.Wish(new UserRef("slack", "U99"), "asked", BY, NOON, false);
    StorePerson.Wish brief = new StorePerson.Wish(LI.ref(), "asked", BY, NOON, false);

    for (StorePerson.Wish wish : List.of(nobody, brief, wish("zora quellmann asked"))) {
      assertThrows(IOException.class, () -> StorePerson.forget(url(), wish, () -> "01ABCDEF12"));
    }
    assertThrows(IOException.class, () -> StorePerson.about(url(), nobody.user()));
    assertEquals(0, ChainCheck.check(url()).erased());
  }
}
