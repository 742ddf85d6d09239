// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.store.Directory.Known;
import dev.muster.store.Tx;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes is not read anew for each message, and never as they were not stored. */
class RememberedPeopleTest {

  private static final UserRef ANA = new UserRef("chat", "ana");

  private static final Instant NOON = ManualClock.atNoon().instant();

  private SqliteWorld world;
  private SqlStore store;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    world = new SqliteWorld(folder);
    store = world.store();
    store.run(tx -> named(tx, "Ana"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private boolean named(Tx tx, String name) {
    tx.people().remember(Profile.member(new Person(ANA, name)), NOON);
    return true;
  }

  private static String name(Tx tx) {
    return tx.people().find(ANA).map(known -> known.profile().person().name()).orElse("");
  }

  @Test
  void person_askedForAgain_isNotReadAgain() {
    Optional<Known> first = store.run(tx -> tx.people().find(ANA));
    Optional<Known> again = store.run(tx -> tx.people().find(ANA));

    assertSame(first.orElseThrow(), again.orElseThrow());
  }

  @Test
  void person_writtenAnew_isSeenSoByEverybody() {
    store.run(RememberedPeopleTest::name);

    assertEquals("Ada", store.run(tx -> named(tx, "Ada") ? name(tx) : ""));
    assertEquals("Ada", store.run(RememberedPeopleTest::name));
    assertEquals("Ada", store.read(RememberedPeopleTest::name));
  }

  @Test
  void person_whoseNewNameIsRolledBack_hasTheOldOne() {
    assertThrows(
        IllegalStateException.class,
        () ->
            store.run(
                tx -> {
                  named(tx, "Ada");
                  throw new IllegalStateException("after " + name(tx));
                }));

    assertEquals("Ana", store.run(RememberedPeopleTest::name));
  }
}
