// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.SlackPeople;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * People who talk without a pause in a few channels: words that occur once, answers in new threads
 * and in old ones, edits and deletions. Remembers what was done, and compares it with timelines.
 * One thread talks at a time.
 */
final class Talk {

  /** What is deleted sooner after it was said may have been read by nobody. */
  private static final Duration SEEN = Duration.ofMinutes(3);

  private static final int MOST_THREADS = 9;

  private final SlackPeople people;
  private final List<String> rooms;
  private final Random random;
  private final List<Said> all = new ArrayList<>();
  private final List<Said> threads = new ArrayList<>();

  Talk(SlackPeople people, List<String> rooms, long seed) {
    this.people = people;
    this.rooms = rooms;
    this.random = new Random(seed);
  }

  /** One message. */
  private static final class Said {
    private final String room;
    private final String ts;
    private final String word;
    private final String root;
    private final Instant at = Instant.now();
    private String text;
    private boolean answered;
    private Instant edited;
    private Instant deleted;

    Said(String room, String ts, String word, String root, String text) {
      this.room = room;
      this.ts = ts;
      this.word = word;
      this.root = root;
      this.text = text;
    }

    @Override
    public String toString() {
      return word
          + " said "
          + at
          + (root.isEmpty() ? "" : " in the thread " + root)
          + (edited == null ? "" : ", edited " + edited)
          + (deleted == null ? "" : ", deleted " + deleted);
    }
  }

  /** Lets somebody do something. */
  synchronized void goOn() {
    int what = random.nextInt(100);
    if (what < 50 || all.size() < 5) {
      say("");
    } else if (what < 75) {
      answer();
    } else if (what < 90) {
      edit();
    } else {
      delete();
    }
  }

  private void say(String root) {
    say(rooms.get(random.nextInt(rooms.size())), root);
  }

  private void say(String room, String root) {
    String word = "word" + all.size() + "x";
    String who = "person" + random.nextInt(5);
    String text = word + " is said";
    String ts =
        root.isEmpty() ? people.types(who, room, text) : people.replies(who, room, root, text);
    all.add(new Said(room, ts, word, root, text));
  }

  private Said anyone() {
    int newest = Math.min(all.size(), 40);
    boolean old = random.nextInt(4) == 0;
    return all.get(old ? random.nextInt(all.size()) : all.size() - 1 - random.nextInt(newest));
  }

  /** Each thread costs Slack's readers a call, so there are few, and old ones go on. */
  private void answer() {
    if (threads.size() < MOST_THREADS && random.nextInt(5) == 0 || threads.isEmpty()) {
      Said to = anyone();
      if (!to.root.isEmpty() || to.deleted != null) {
        return;
      }
      to.answered = true;
      threads.add(to);
    }
    Said to = threads.get(random.nextInt(threads.size()));
    say(to.room, to.ts);
  }

  private void edit() {
    Said said = anyone();
    if (said.deleted == null) {
      said.text = said.word + " is said in the words of edit " + random.nextInt(1_000_000);
      people.edits("person0", said.room, said.ts, said.text);
      said.edited = Instant.now();
    }
  }

  private void delete() {
    Said said = anyone();
    if (said.deleted == null && !said.answered) {
      people.deletes(said.room, said.ts);
      said.deleted = Instant.now();
    }
  }

  /** Returns how many messages were said. */
  synchronized int size() {
    return all.size();
  }

  /** Returns what a timeline lacks of what was done in a room, or has twice. */
  synchronized List<String> problems(String room, List<JsonNode> timeline) {
    Map<String, List<JsonNode>> byRef = new LinkedHashMap<>();
    for (JsonNode entry : timeline) {
      byRef.computeIfAbsent(entry.path("ref").asText(), ref -> new ArrayList<>()).add(entry);
    }
    List<String> problems = new ArrayList<>();
    all.stream()
        .filter(said -> said.room.equals(room))
        .forEach(said -> check(said, byRef.getOrDefault(said.ts, List.of()), problems));
    return problems;
  }

  private static void check(Said said, List<JsonNode> about, List<String> problems) {
    List<JsonNode> logged = kind(about, "message_logged");
    List<JsonNode> revised = kind(about, "message_revised");
    List<JsonNode> removed = kind(about, "message_removed");
    boolean shortLived =
        said.deleted != null && Duration.between(said.at, said.deleted).compareTo(SEEN) < 0;
    if (logged.size() != 1 && !(shortLived && logged.isEmpty())) {
      problems.add("message logged " + logged.size() + " times: " + said);
    }
    if (said.deleted != null) {
      if (removed.size() != 1 && !(logged.isEmpty() && removed.isEmpty())) {
        problems.add("deletion logged " + removed.size() + " times: " + said);
      }
    } else if (!removed.isEmpty()) {
      problems.add("never deleted, and said so: " + said);
    } else {
      long last = revised.stream().filter(e -> e.path("text").asText().equals(said.text)).count();
      boolean first = logged.stream().anyMatch(e -> e.path("text").asText().equals(said.text));
      if (said.edited != null && last != 1 && !(last == 0 && first)) {
        problems.add("last edit logged " + last + " times: " + said);
      }
    }
  }

  private static List<JsonNode> kind(List<JsonNode> entries, String kind) {
    return entries.stream().filter(e -> e.path("kind").asText().equals(kind)).toList();
  }
}
