// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers which item of a merged incident is which item of the one that stayed. */
final class Moved {

  /** What an action item is called. */
  static final String ACTION = "action";

  /** What a task is called. */
  static final String TASK = "task";

  private Moved() {}

  /**
   * One item of an incident.
   *
   * @param what {@link #ACTION} or {@link #TASK}
   * @param number its number there
   */
  record Item(String what, int number) {}

  private static String note(IncidentId from, String what, int number) {
    return "moved/" + from + "/" + what + "/" + number;
  }

  /** Writes down that an item goes by another number in another incident from now on. */
  static void write(Moment moment, Incident from, Item item, Incident to, int as, Actor actor) {
    String what = item.what();
    int number = item.number();
    moment.tx().keepNote(note(from.id(), what, number), "#" + as + " of " + to.id());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("what", what);
    data.put("number", number);
    data.put("to", to.id().toString());
    data.put("as", as);
    String text = capital(what) + " #" + number + " is now #" + as + " of " + to.id() + ".";
    Facts.append(
        moment,
        from.id(),
        NewEntry.of(moment.now(), EntryKind.ITEM_MOVED, actor, text)
            .about(String.valueOf(number))
            .with(data));
  }

  /** Returns what an item is now, as {@code #3 of INC-42}; empty while it is where it was. */
  static Optional<String> now(Moment moment, Incident from, String what, int number) {
    return moment.tx().note(note(from.id(), what, number));
  }

  /** Returns the line that tells where an item went. */
  static Optional<String> told(Moment moment, Incident from, String what, int number) {
    return now(moment, from, what, number)
        .map(as -> capital(what) + " #" + number + " is now " + as + ". Finish it there.");
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
