// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.model.Message;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.ChatPlatform.Standing;
import dev.muster.chat.spi.ChatPlatform.Stood;
import dev.muster.chat.spi.ChatPlatform.StoodReaction;
import dev.muster.slack.client.ErrorClass;
import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads one channel back from now to the beginning of a gap, and in an incident's channel further,
 * because an old thread may have new answers and an old message a new text. When Slack asks to wait
 * it keeps what it has and goes on from there, so that a workspace that lets us read fifteen
 * messages a minute is read to the end as well. Not thread-safe.
 */
final class HistoryWalk {

  /** 10,000 messages: more than an incident channel ever misses. */
  private static final int MOST_PAGES = 50;

  /** 4,000 answers: more than any thread has; small pages count as much. */
  private static final int MOST_THREAD_PAGES = 20;

  /**
   * How many messages before the gap are looked at for new answers, edits, deletions and reactions:
   * fifteen calls.
   */
  private static final int MOST_OLDER = 3_000;

  /** Threads without new answers that are read all the same, for edits and deletions. */
  private static final int MOST_QUIET_THREADS = 10;

  /** What Slack gives to apps that are sold outside its marketplace; one page a minute. */
  private static final int SMALL_PAGE = 15;

  private final HistoryCalls calls;
  private final String channel;
  private final String since;
  private final boolean further;
  private final TreeMap<String, Message> found = new TreeMap<>();
  private final Set<String> wholeThreads = new HashSet<>();
  private Deque<String> threads;
  private String cursor = "";
  private String before = "";
  private String oldestRoot;
  private String threadCursor = "";
  private int pages;
  private int threadPages;
  private int threadsCut;
  private boolean rootsRead;
  private boolean wholeChannel;
  private boolean limited;
  private boolean sparing;
  private int threadsLeftOut;

  /**
   * Creates a walk that has read nothing.
   *
   * @param since the beginning of the gap, as Slack writes times
   * @param further whether what stood before the gap is looked at as well
   */
  HistoryWalk(HistoryCalls calls, String channel, String since, boolean further) {
    this.calls = calls;
    this.channel = channel;
    this.since = since;
    this.further = further;
  }

  /** Goes on; returns why it had to stop, or nothing when all is read. */
  Optional<Failure> goOn() {
    while (!rootsRead) {
      Optional<Failure> stopped = readRoots();
      if (stopped.isPresent()) {
        return stopped;
      }
    }
    if (threads == null) {
      threads = threadsToRead();
    }
    while (!threads.isEmpty()) {
      Optional<Failure> stopped = readThread(threads.peek());
      if (stopped.isPresent()) {
        return stopped;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> readRoots() {
    Reply<HistoryCalls.Page> reply = calls.channel(channel, before, cursor);
    if (reply.failedWith("invalid_cursor") && !cursor.isEmpty() && pages < MOST_PAGES) {
      // Cursors expire while we wait. What was read stays, and the reading goes on below it.
      cursor = "";
      before = found.isEmpty() ? "" : found.firstKey();
      pages++;
      return Optional.empty();
    }
    if (reply.failure().isPresent()) {
      return reply.failure();
    }
    HistoryCalls.Page page = ((Reply.Got<HistoryCalls.Page>) reply).body();
    page.messages().forEach(this::keep);
    oldestRoot = found.isEmpty() ? null : found.firstKey();
    cursor = page.next();
    pages++;
    sparing |= !cursor.isEmpty() && page.messages().size() <= SMALL_PAGE;
    wholeChannel = cursor.isEmpty();
    limited = wholeChannel && page.limited();
    boolean enough = pages >= MOST_PAGES;
    rootsRead = wholeChannel || reachedTheGap() && (isFarEnough() || enough);
    return !rootsRead && enough ? Optional.of(tooMuch()) : Optional.empty();
  }

  private void keep(Message message) {
    found.put(message.getTs(), message);
  }

  private boolean reachedTheGap() {
    return !found.isEmpty() && found.firstKey().compareTo(since) <= 0;
  }

  private boolean isFarEnough() {
    return !further || sparing || found.headMap(since).size() >= MOST_OLDER;
  }

  private static Failure tooMuch() {
    return new Failure(
        ErrorClass.INPUT, "conversations.history", "too_much_history", Duration.ZERO, "", false);
  }

  /** Threads with new answers, then the newest of the quiet ones. */
  private Deque<String> threadsToRead() {
    List<Message> roots =
        found.values().stream()
            .filter(m -> m.getReplyCount() != null && m.getReplyCount() > 0)
            .sorted(Comparator.comparing(Message::getTs).reversed())
            .toList();
    Deque<String> wanted = new ArrayDeque<>();
    roots.stream().filter(this::hasNewAnswers).map(Message::getTs).forEach(wanted::add);
    if (further) {
      List<String> quiet =
          roots.stream().filter(m -> !hasNewAnswers(m)).map(Message::getTs).toList();
      int taken = sparing ? 0 : Math.min(MOST_QUIET_THREADS, quiet.size());
      wanted.addAll(quiet.subList(0, taken));
      threadsLeftOut = quiet.size() - taken;
    }
    return wanted;
  }

  private boolean hasNewAnswers(Message root) {
    return root.getLatestReply() == null || root.getLatestReply().compareTo(since) > 0;
  }

  private Optional<Failure> readThread(String root) {
    Reply<HistoryCalls.Page> reply = calls.thread(channel, root, threadCursor);
    if (reply.failedWith("thread_not_found")) {
      found.remove(root);
      nextThread();
      return Optional.empty();
    }
    if (reply.failedWith("invalid_cursor") && !threadCursor.isEmpty()) {
      threadCursor = "";
      cutEndless();
      return Optional.empty();
    }
    if (reply.failure().isPresent()) {
      return reply.failure();
    }
    HistoryCalls.Page page = ((Reply.Got<HistoryCalls.Page>) reply).body();
    page.messages().stream().filter(m -> !m.getTs().equals(root)).forEach(this::keep);
    threadCursor = page.next();
    if (threadCursor.isEmpty()) {
      wholeThreads.add(root);
      nextThread();
    } else {
      cutEndless();
    }
    return Optional.empty();
  }

  /** A thread that does not come to an end keeps no other from being read. */
  private void cutEndless() {
    threadPages++;
    if (threadPages >= MOST_THREAD_PAGES) {
      threadsCut++;
      nextThread();
    }
  }

  private void nextThread() {
    threads.poll();
    threadCursor = "";
    threadPages = 0;
  }

  /** Returns what was read, by its time, oldest first. */
  Map<String, Message> found() {
    return found;
  }

  /** Returns what stands in the channel; empty when only the gap was read. */
  Optional<Standing> standing(String ownUser) {
    if (!further) {
      return Optional.empty();
    }
    List<Stood> stood = new ArrayList<>();
    for (Message message : found.values()) {
      if (!"tombstone".equals(message.getSubtype())) {
        stood.add(new Stood(message.getTs(), reactions(message, ownUser)));
      }
    }
    return Optional.of(new Standing(from(), Set.copyOf(wholeThreads), stood, unread()));
  }

  private Instant from() {
    return wholeChannel && !limited
        ? Instant.EPOCH
        : Optional.ofNullable(oldestRoot).flatMap(Ts::instant).orElse(Instant.MAX);
  }

  private static List<StoodReaction> reactions(Message message, String ownUser) {
    if (message.getReactions() == null) {
      return List.of();
    }
    return message.getReactions().stream()
        .filter(reaction -> reaction.getUsers() != null)
        .flatMap(
            reaction ->
                reaction.getUsers().stream()
                    .filter(user -> !user.equals(ownUser))
                    .map(user -> new StoodReaction(reaction.getName(), new UserRef("slack", user))))
        .toList();
  }

  private String unread() {
    return (older() + further() + cut()).strip();
  }

  private String cut() {
    return threadsCut == 0 ? "" : " Threads too long to be read to the end: " + threadsCut + ".";
  }

  /** How far back the channel was read, when it was not read whole. */
  private String further() {
    if (limited) {
      return " Slack hides older messages on this workspace's plan, so the history is limited: what"
          + " came before "
          + UtcText.minute(from())
          + " could not be looked at.";
    }
    return wholeChannel || sparing
        ? ""
        : " Not looked at: what was said before "
            + UtcText.minute(from())
            + ", and answers in threads that began before.";
  }

  private String older() {
    if (sparing) {
      return "Slack lets this app read fifteen messages a minute, so older messages and threads"
          + " were not looked at for edits, deletions and reactions.";
    }
    return threadsLeftOut == 0
        ? ""
        : "Not looked at for edits and deletions: " + threadsLeftOut + " older threads.";
  }
}
