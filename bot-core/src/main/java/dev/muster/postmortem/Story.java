// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.chat.UtcText;
import dev.muster.postmortem.Postmortem.Part;
import dev.muster.postmortem.Postmortem.Statement;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What happened, in the order of its times, each sentence of a moment once. A long incident has a
 * hundred thousand of these: only the first two hundred are kept, of the others a number each by
 * which they are counted. Takes facts in any order. One thread.
 */
final class Story {

  private static final int LONGEST = 200;
  private static final long PRIME = 1_099_511_628_211L;

  private final Narration narration;
  private final TreeMap<Place, String> shown =
      new TreeMap<>(Comparator.comparing(Place::at).thenComparing(Place::seq));
  private long[] told = new long[LONGEST];
  private int sentences;

  private record Place(Instant at, long seq) {}

  Story(Narration narration) {
    this.narration = narration;
  }

  /** Takes a fact, if it matters. */
  void add(TimelineEntry entry) {
    narration.tell(entry).ifPresent(sentence -> add(entry, sentence));
  }

  private void add(TimelineEntry entry, String sentence) {
    count(entry.occurredAt(), sentence);
    Place place = new Place(entry.occurredAt(), entry.seq());
    if (shown.size() == LONGEST && shown.comparator().compare(place, shown.lastKey()) > 0) {
      return;
    }
    Map<Place, String> then =
        shown.subMap(new Place(place.at(), 0), new Place(place.at(), Long.MAX_VALUE));
    for (Map.Entry<Place, String> said : then.entrySet()) {
      if (said.getValue().equals(sentence)) {
        if (said.getKey().seq() <= place.seq()) {
          return;
        }
        shown.remove(said.getKey());
        break;
      }
    }
    shown.put(place, sentence);
    if (shown.size() > LONGEST) {
      shown.pollLastEntry();
    }
  }

  /** Two different sentences of one moment have the same number once in 10^19 times. */
  private void count(Instant at, String sentence) {
    long number = at.getEpochSecond() * PRIME ^ at.getNano();
    for (int i = 0; i < sentence.length(); i++) {
      number = (number ^ sentence.charAt(i)) * PRIME;
    }
    if (sentences == told.length) {
      told = Arrays.copyOf(told, 2 * sentences);
    }
    told[sentences++] = number;
  }

  Part part() {
    List<Statement> statements =
        shown.entrySet().stream()
            .map(
                said ->
                    new Statement(
                        UtcText.clock(said.getKey().at()) + "  " + said.getValue(),
                        List.of(said.getKey().seq())))
            .toList();
    int over = different() - statements.size();
    Optional<String> missing =
        over > 0 ? Optional.of("And " + over + " more; see the whole timeline.") : Optional.empty();
    return new Part("timeline", "Timeline of what mattered", statements, missing);
  }

  private int different() {
    Arrays.sort(told, 0, sentences);
    int different = 0;
    for (int i = 0; i < sentences; i++) {
      different += i == 0 || told[i] != told[i - 1] ? 1 : 0;
    }
    return different;
  }
}
