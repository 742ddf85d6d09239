// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes facts and their orders from several threads until it is killed, and prints the text of
 * each fact once the store has acknowledged it. Arguments: file, name of this life.
 */
final class AcknowledgingWriter {

  private static final int THREADS = 4;
  private static final Instant NOON = ManualClock.atNoon().instant();

  private AcknowledgingWriter() {}

  public static void main(String[] arguments) {
    String life = arguments[1];
    AtomicLong number = new AtomicLong();
    AtomicLong ids = new AtomicLong();
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + arguments[0],
            ManualClock.atNoon(),
            () -> life + "-" + ids.incrementAndGet(),
            new Telemetry());
    SqlStore store = ((StoreOpening.Opened) opening).store();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int i = 0; i < THREADS; i++) {
      new Thread(
              () -> {
                while (true) {
                  String text = life + " fact " + number.incrementAndGet() + ";";
                  store.run(tx -> write(tx, text));
                  out.println(text);
                }
              })
          .start();
    }
  }

  private static String write(Tx tx, String text) {
    tx.timeline()
        .append(
            new Stream(1), NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), text), NOON);
    IncidentId incident = new IncidentId(1);
    return tx.effects()
        .add(
            new NewEffect(
                new Effect.SetTopic(incident, "web", text),
                "topic",
                Priority.CARDS,
                Optional.of(incident),
                "",
                NOON));
  }
}
