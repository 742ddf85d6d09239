// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.store.Inbound;
import dev.muster.store.PackedBody;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is stored for deliveries lies together, by keys that grow with time: however much there is,
 * they are written into the same few pages. Pages are counted, not time.
 */
class PagesOfADeliveryTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final Person ANA = new Person(new UserRef("chat", "U1"), "ana");
  private static final int TOGETHER = 100;
  private static final int FEW = 1_000;
  private static final int MANY = 10_000;
  private static final int INCIDENTS = 100;
  private static final String PAGES = "PRAGMA wal_checkpoint(NOOP)";
  private static final String BEGIN_ANEW = "PRAGMA wal_checkpoint(TRUNCATE)";

  @TempDir Path folder;
  private long number;

  private Ports open(Connection connection) {
    return new Ports(
        Jdbi.create(connection).open(),
        StoreJson.mapper(),
        () -> "01HARNESS%017d".formatted(number),
        ChainHeads.ofWriter());
  }

  /** What a message of an incident's channel writes. */
  private void deliver(Ports ports, long incident) {
    number++;
    Instant now = NOON.plusMillis(number);
    ChannelRef channel = new ChannelRef("chat", "C%07d".formatted(incident));
    String ts = "%d.%06d".formatted(now.getEpochSecond(), number % 1_000_000);
    String words = "The checkout answers with 503; looking at the load balancer, " + number;
    ChatEvent event =
        new ChatEvent.MessagePosted(
            now,
            Profile.member(ANA),
            Place.of(channel, "inc-" + incident),
            new MessageRef(channel, ts),
            words,
            Optional.empty(),
            List.of(),
            List.of(),
            false);
    PackedBody body = PackedBody.of(new Inbound.Chat("chat", event));
    ports.inbox.putHandled("chat", "Ev%012d".formatted(number), new byte[300], body, now);
    Actor who = new Actor.Human(ANA);
    String ref = channel + "/" + ts;
    NewEntry entry =
        new NewEntry(now, EntryKind.MESSAGE_LOGGED, who, words, "", ref, Map.of("thread", "m1"));
    ports.timeline.append(new Stream(incident), entry, now);
  }

  /** Stores so many, as if each incident had its time. */
  private void fill(Ports ports, int deliveries, long firstIncident) {
    ports.statements.update("BEGIN IMMEDIATE");
    for (int i = 0; i < deliveries; i++) {
      deliver(ports, firstIncident + (long) i * INCIDENTS / deliveries);
    }
    ports.statements.update("COMMIT");
    ports.statements.list(BEGIN_ANEW, row -> row.getLong(1));
  }

  /** Returns how many pages a commit of some deliveries writes, all of the newest incident. */
  private long pagesOfACommit(Ports ports, long incident) {
    fill(ports, TOGETHER, incident);
    ports.statements.update("BEGIN IMMEDIATE");
    for (int i = 0; i < TOGETHER; i++) {
      deliver(ports, incident + INCIDENTS);
    }
    ports.statements.update("COMMIT");
    return ports.statements.first(PAGES, row -> row.getLong(2)).orElseThrow();
  }

  @Test
  void commitOfDeliveries_writesAsFewPagesIntoALargeStoreAsIntoASmallOne() throws Exception {
    StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
    EmptyStore.copyTo(url.file());
    try (Connection connection = Connections.writer(url)) {
      Ports ports = open(connection);
      fill(ports, FEW, 1);
      long few = pagesOfACommit(ports, 1_000);
      fill(ports, MANY, 2_000);

      long many = pagesOfACommit(ports, 3_000);

      String pages = few + " pages in a small store, " + many + " in a large one";
      assertTrue(many * 10 <= few * 13, pages);
    }
  }
}
