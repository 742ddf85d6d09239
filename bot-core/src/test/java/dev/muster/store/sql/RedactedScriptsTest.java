// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of any script are taken out of everything, in whatever case they were written. */
class RedactedScriptsTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final IncidentId ID = new IncidentId(1);

  @TempDir private Path folder;
  private final AtomicInteger ids = new AtomicInteger(1_000);

  @ParameterizedTest
  @ValueSource(
      strings = {"iron door", "Секретный Ключ", "ΜΥΣΤΙΚΟ ΚΛΕΙΔΙ", "\"Пароль\" \\ «Да»", "機密情報番号"})
  void words_ofAScript_areNowhereAfterwards(String words) throws Exception {
    String url;
    try (SqliteWorld world = new SqliteWorld(folder)) {
      url = "jdbc:sqlite:" + world.file();
      world
          .store()
          .run(
              tx -> {
                said(tx.timeline()::append, "It is " + words + ", or so.", Map.of());
                said(tx.timeline()::append, "Aloud", Map.of("text", "a " + upper(words)));
                return true;
              });
      world.stop();
      StoreRedaction.redact(
          url,
          new StoreRedaction.Wish(ID, 1, List.of(words), "posted", new Actor.Bot(), NOON),
          () -> "id-" + ids.incrementAndGet());

      try (StoreReader reader = StoreReader.open(url)) {
        String all =
            reader.read(tx -> tx.timeline().read(Stream.of(ID), 0, 10, Set.of())).stream()
                .map(entry -> entry.text() + entry.data())
                .reduce("", String::concat);
        String longest = words.contains("Пароль") ? "Пароль" : words;
        assertFalse(folded(all).contains(folded(longest)), all);
        assertTrue(all.contains("redacted"), all);
      }
      assertEquals(List.of(), ChainCheck.check(url).problems());
    }
  }

  private interface Append {
    Object entry(Stream stream, NewEntry entry, Instant now);
  }

  private static void said(Append append, String text, Map<String, Object> data) {
    NewEntry entry = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), text);
    append.entry(Stream.of(ID), entry.with(data), NOON);
  }

  private static String upper(String words) {
    return words.toUpperCase(Locale.ROOT);
  }

  private static String folded(String words) {
    return words.toLowerCase(Locale.ROOT);
  }
}
