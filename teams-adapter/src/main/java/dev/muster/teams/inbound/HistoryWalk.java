// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform.Standing;
import dev.muster.chat.spi.ChatPlatform.Stood;
import dev.muster.teams.client.Graph;
import dev.muster.teams.client.GraphMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Reads one channel or chat back to the beginning of a gap, and in an incident's channel further.
 * Graph lists what was changed last first and takes no other order; nothing says that an answer in
 * an old thread moves its root, so roots before the gap are looked at as well. When Graph asks to
 * wait it keeps what it has and goes on from there. Not thread-safe.
 */
public final class HistoryWalk {

  /** 2,000 threads; more than an incident's channel ever has. */
  private static final int MOST_PAGES = 40;

  /** Graph expands up to 1,000 answers; what is more comes in pages. */
  private static final int MOST_THREAD_PAGES = 20;

  /** Threads that are looked at, however old, for answers, edits, deletions and reactions. */
  private static final int MOST_OLDER = 200;

  private static final String READING = "Reading past messages";

  private final Graph graph;
  private final Instant since;
  private final boolean further;
  private final Map<String, JsonNode> found = new LinkedHashMap<>();
  private final Set<String> wholeThreads = new HashSet<>();
  private final Deque<Thread> threads = new ArrayDeque<>();
  private HttpUrl next;
  private Instant oldestSeen = Instant.MAX;
  private int roots;
  private int pages;
  private int threadPages;
  private int threadsCut;
  private boolean whole;
  private boolean cut;

  /** A thread whose answers go on elsewhere. */
  private record Thread(String root, HttpUrl next) {}

  /**
   * Creates a walk that has read nothing.
   *
   * @param first the address of the newest page
   * @param since the beginning of the gap
   * @param further whether what stood before the gap is looked at as well
   */
  public HistoryWalk(Graph graph, HttpUrl first, Instant since, boolean further) {
    this.graph = graph;
    this.next = first;
    this.since = since;
    this.further = further;
  }

  /** Goes on; Done when all is read, else why it had to stop. */
  public ChatOutcome<Nothing> goOn() {
    while (next != null || !threads.isEmpty()) {
      HttpUrl url = next == null ? threads.peek().next() : next;
      ChatOutcome<JsonNode> read = graph.get(READING, url);
      if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
        return read.map(unused -> Nothing.NOTHING);
      }
      if (next == null) {
        answers(done.value());
      } else {
        roots(done.value());
      }
    }
    return ChatOutcome.done();
  }

  private void roots(JsonNode page) {
    boolean newer = false;
    for (JsonNode root : page.path("value")) {
      Instant touched = take(root);
      oldestSeen = touched.isBefore(oldestSeen) ? touched : oldestSeen;
      newer |= !touched.isBefore(since);
    }
    HttpUrl following = HttpUrl.parse(page.path(Graph.NEXT).asText(""));
    pages++;
    whole = following == null;
    boolean wanted = newer || further && roots < MOST_OLDER;
    cut = !whole && newer && pages >= MOST_PAGES;
    next = wanted && !cut ? following : null;
  }

  /** Keeps a root and its answers; returns when any of them last changed. */
  private Instant take(JsonNode root) {
    String id = root.path("id").asText();
    found.put(id, root);
    roots++;
    Instant touched = GraphMessage.touchedAt(root);
    for (JsonNode reply : root.path("replies")) {
      found.put(reply.path("id").asText(), reply);
      Instant at = GraphMessage.touchedAt(reply);
      touched = at.isAfter(touched) ? at : touched;
    }
    HttpUrl more = HttpUrl.parse(root.path("replies" + Graph.NEXT).asText(""));
    if (more == null) {
      wholeThreads.add(id);
    } else {
      threads.add(new Thread(id, more));
    }
    return touched;
  }

  private void answers(JsonNode page) {
    Thread thread = threads.poll();
    page.path("value").forEach(reply -> found.put(reply.path("id").asText(), reply));
    HttpUrl following = HttpUrl.parse(page.path(Graph.NEXT).asText(""));
    threadPages++;
    if (following == null) {
      wholeThreads.add(thread.root());
      threadPages = 0;
    } else if (threadPages < MOST_THREAD_PAGES) {
      threads.addFirst(new Thread(thread.root(), following));
    } else {
      threadsCut++;
      threadPages = 0;
    }
  }

  /** Returns what was read. */
  public List<JsonNode> found() {
    return List.copyOf(found.values());
  }

  /** Returns what stands there now. */
  public Standing standing(MessageDecoder decoder, String conversation) {
    List<Stood> stood =
        found.values().stream().flatMap(m -> decoder.stood(m, conversation).stream()).toList();
    Instant from = whole ? Instant.EPOCH : cut ? oldestSeen : since;
    return new Standing(from, Set.copyOf(wholeThreads), stood, unread());
  }

  private String unread() {
    String late =
        cut
            ? " Not looked at: what was last changed before " + UtcText.minute(oldestSeen) + "."
            : "";
    String endless =
        threadsCut == 0 ? "" : " Threads too long to be read to the end: " + threadsCut + ".";
    return (late + endless).strip();
  }
}
