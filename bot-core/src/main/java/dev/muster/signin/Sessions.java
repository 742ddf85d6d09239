// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.access.Level;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who is signed in, kept in the store: a restart ends nothing, and a session that was ended stays
 * ended. Any thread may call.
 */
public final class Sessions {

  /** Use is written down once in this time, so that reading pages costs no writes. */
  static final Duration TOUCH = Duration.ofMinutes(1);

  /** More sessions of one person than this end the oldest of theirs. */
  static final int MOST = 20;

  private static final String GROUP = "sign-in/session/";
  private static final int LONGEST_BROWSER = 120;

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Dice dice;
  private final String terms;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /**
   * Keeps sessions in a store.
   *
   * @param terms fingerprint of the settings; sessions begun under others do not hold
   */
  public Sessions(UnitOfWork store, InstantSource clock, Dice dice, String terms) {
    this.store = store;
    this.clock = clock;
    this.dice = dice;
    this.terms = terms;
  }

  /**
   * Begins a session, and ends what the browser had before.
   *
   * @param name who signed in
   * @param level what they may do
   * @param browser what the browser calls itself
   * @param before the secret the browser came with, if any
   * @return the secret for the browser; it is kept nowhere else
   */
  public String begin(String name, Level level, String browser, Optional<String> before) {
    String secret = dice.roll();
    Instant now = clock.instant();
    WebSession session =
        new WebSession(Digest.of(secret), name, level, shortened(browser), terms, now, now);
    store.run(
        tx -> {
          before.map(Digest::of).ifPresent(hash -> tx.dropNote(GROUP + hash));
          tidy(tx, now, name);
          return keep(tx, session);
        });
    return secret;
  }

  private static String shortened(String browser) {
    String plain = browser.replaceAll("[^\\x20-\\x7E]", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_BROWSER));
  }

  private void tidy(Tx tx, Instant now, String name) {
    List<WebSession> all = all(tx);
    all.stream().filter(each -> !holds(each, now)).forEach(each -> drop(tx, each));
    all.stream()
        .filter(each -> holds(each, now) && each.name().equals(name))
        .sorted(Comparator.comparing(WebSession::began).reversed())
        .skip(MOST - 1L)
        .forEach(each -> drop(tx, each));
  }

  private boolean holds(WebSession session, Instant now) {
    return latest(session).holds(now) && session.terms().equals(terms);
  }

  /** What this process saw since the use was last written down. */
  private WebSession latest(WebSession session) {
    Instant seen = used.getOrDefault(session.hash(), session.seen());
    return seen.isAfter(session.seen()) ? seen(session, seen) : session;
  }

  private Optional<WebSession> stored(String hash) {
    return store.read(tx -> read(tx, hash));
  }

  /** Returns the session of a browser that holds now, and notes its use. */
  public Optional<WebSession> find(String secret) {
    String hash = Digest.of(secret);
    Instant now = clock.instant();
    Optional<WebSession> found = stored(hash).filter(session -> holds(session, now));
    found.ifPresent(session -> used.put(hash, now));
    found
        .filter(session -> Duration.between(session.seen(), now).abs().compareTo(TOUCH) >= 0)
        .ifPresent(session -> store.submit(tx -> touch(tx, hash, now)));
    return found;
  }

  /** A session that was ended meanwhile stays ended. */
  private static boolean touch(Tx tx, String hash, Instant now) {
    return read(tx, hash).map(session -> keep(tx, seen(session, now))).orElse(false);
  }

  private static WebSession seen(WebSession session, Instant now) {
    return new WebSession(
        session.hash(),
        session.name(),
        session.level(),
        session.browser(),
        session.terms(),
        session.began(),
        now);
  }

  /** Returns whether a session still holds; no use is noted. */
  public boolean holds(String hash) {
    Instant now = clock.instant();
    return stored(hash).filter(session -> holds(session, now)).isPresent();
  }

  /** Returns the sessions that hold now, the newest first. */
  public List<WebSession> open() {
    Instant now = clock.instant();
    return store.read(Sessions::all).stream()
        .filter(session -> holds(session, now))
        .map(this::latest)
        .sorted(Comparator.comparing(WebSession::began).reversed())
        .toList();
  }

  /** Ends the sessions that fit, at once and for good; returns them. */
  public List<WebSession> end(Predicate<WebSession> which) {
    return store.run(
        tx -> {
          List<WebSession> ended = all(tx).stream().filter(which).toList();
          ended.forEach(session -> drop(tx, session));
          return ended;
        });
  }

  private static boolean keep(Tx tx, WebSession session) {
    tx.keepNote(
        GROUP + session.hash(),
        Fields.write(
            Map.of(
                "name", session.name(),
                "level", session.level().word(),
                "browser", session.browser(),
                "terms", session.terms(),
                "began", session.began().toString(),
                "seen", session.seen().toString())));
    return true;
  }

  private void drop(Tx tx, WebSession session) {
    tx.dropNote(GROUP + session.hash());
    tx.afterCommit(() -> used.remove(session.hash()));
  }

  private static Optional<WebSession> read(Tx tx, String hash) {
    return tx.note(GROUP + hash).flatMap(text -> session(hash, text));
  }

  private static List<WebSession> all(Tx tx) {
    return Notes.below(tx, GROUP).entrySet().stream()
        .flatMap(note -> session(note.getKey(), note.getValue()).stream())
        .toList();
  }

  private static Optional<WebSession> session(String hash, String text) {
    Map<String, String> fields = Fields.read(text);
    boolean whole =
        Stream.of("name", "level", "terms", "began", "seen").allMatch(fields::containsKey);
    return whole
        ? Level.parse(fields.get("level")).map(level -> session(hash, level, fields))
        : Optional.empty();
  }

  private static WebSession session(String hash, Level level, Map<String, String> fields) {
    return new WebSession(
        hash,
        fields.get("name"),
        level,
        fields.getOrDefault("browser", ""),
        fields.get("terms"),
        Instant.parse(fields.get("began")),
        Instant.parse(fields.get("seen")));
  }
}
