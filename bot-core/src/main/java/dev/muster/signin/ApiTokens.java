// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.access.Level;
import dev.muster.incident.Actor;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tokens that admins make for programs: shown once, kept as fingerprints, each with an end. Making,
 * revoking and refused use stand in the journal. Any thread may call.
 */
public final class ApiTokens {

  /** Tokens end; whoever needs one for longer makes the next in time. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final String GROUP = "sign-in/token/";
  private static final String MARK = "muster_";
  private static final int ID = 12;
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(10);

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Dice dice;
  private final Consumer<NewEntry> journal;
  private final Map<String, Instant> told = new ConcurrentHashMap<>();

  /**
   * Keeps tokens in a store.
   *
   * @param journal where it is written down what happened to them
   */
  public ApiTokens(UnitOfWork store, InstantSource clock, Dice dice, Consumer<NewEntry> journal) {
    this.store = store;
    this.clock = clock;
    this.dice = dice;
    this.journal = journal;
  }

  /**
   * What is wanted of a new token.
   *
   * @param name whose it is
   * @param level what it may do; empty for one that may only send alerts
   * @param source the alert source; there exactly when the level is not
   * @param life how long it holds, at most {@link #LONGEST}
   */
  public record Wish(String name, Optional<Level> level, Optional<String> source, Duration life) {}

  /**
   * A token that was just made.
   *
   * @param token what is kept of it
   * @param secret the token itself; to be shown now and never again
   */
  public record Made(ApiToken token, String secret) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "Made[token=" + token + "]";
    }
  }

  /** Makes a token on behalf of somebody. */
  public Made make(Wish wish, Actor by) {
    String id = dice.roll().substring(0, ID);
    String secret = MARK + id + "_" + dice.roll();
    Instant now = clock.instant();
    ApiToken token =
        new ApiToken(
            id,
            wish.name(),
            wish.level(),
            wish.source(),
            Digest.of(secret),
            by.name(),
            now,
            now.plus(wish.life()),
            Optional.empty(),
            Optional.empty());
    store.run(tx -> keep(tx, token));
    tell(EntryKind.TOKEN_CREATED, by, token, "The token " + token.name() + " was made", "");
    return new Made(token, secret);
  }

  private void tell(EntryKind kind, Actor by, ApiToken token, String what, String reason) {
    journal.accept(
        NewEntry.of(clock.instant(), kind, by, what + "; it may: " + token.may() + ".")
            .because(reason)
            .about(token.id()));
  }

  /** Returns the token that was presented, if it holds now, and notes its use. */
  public Optional<ApiToken> find(String presented) {
    Instant now = clock.instant();
    Optional<ApiToken> known =
        id(presented)
            .flatMap(id -> store.read(tx -> read(tx, id)))
            .filter(token -> Digest.same(token.sha256(), Digest.of(presented)));
    known.flatMap(token -> token.flaw(now)).ifPresent(flaw -> refused(known.get(), flaw, now));
    Optional<ApiToken> holding = known.filter(token -> token.flaw(now).isEmpty());
    holding
        .filter(token -> isToNote(token, now))
        .ifPresent(token -> store.submit(tx -> touch(tx, token.id(), now)));
    return holding;
  }

  /** Returns whether something has the shape of a token that was made here; asks no store. */
  public static boolean isLikeMade(String presented) {
    return id(presented).isPresent();
  }

  /** Returns whether a token still holds, which counts as no use of it. */
  public boolean holds(String presented) {
    Instant now = clock.instant();
    return id(presented)
        .flatMap(id -> store.read(tx -> read(tx, id)))
        .filter(token -> Digest.same(token.sha256(), Digest.of(presented)))
        .filter(token -> token.flaw(now).isEmpty())
        .isPresent();
  }

  private static boolean isToNote(ApiToken token, Instant now) {
    return token
        .used()
        .map(used -> Duration.between(used, now).abs().compareTo(Sessions.TOUCH) >= 0)
        .orElse(true);
  }

  /** Whoever goes on using a token that is over fills no journal. */
  private void refused(ApiToken token, String flaw, Instant now) {
    Instant before = told.get(token.id());
    if (before == null || Duration.between(before, now).abs().compareTo(TOLD_AGAIN) >= 0) {
      told.put(token.id(), now);
      String what = "The token " + token.name() + " was used and refused, because it is " + flaw;
      tell(EntryKind.ACCESS_DENIED, new Actor.Bot(), token, what, flaw);
    }
  }

  private static Optional<String> id(String presented) {
    int end = MARK.length() + ID;
    boolean whole =
        presented.startsWith(MARK) && presented.length() > end && presented.charAt(end) == '_';
    return whole ? Optional.of(presented.substring(MARK.length(), end)) : Optional.empty();
  }

  private static boolean touch(Tx tx, String id, Instant now) {
    return read(tx, id)
        .map(token -> keep(tx, with(token, Optional.of(now), token.revoked())))
        .orElse(false);
  }

  private static ApiToken with(ApiToken token, Optional<Instant> used, Optional<Instant> revoked) {
    return new ApiToken(
        token.id(),
        token.name(),
        token.level(),
        token.source(),
        token.sha256(),
        token.by(),
        token.created(),
        token.expires(),
        used,
        revoked);
  }

  /** Returns all tokens, the newest first; those that hold no more as well. */
  public List<ApiToken> all() {
    return store.read(tx -> Notes.below(tx, GROUP)).entrySet().stream()
        .flatMap(note -> token(note.getKey(), note.getValue()).stream())
        .sorted(Comparator.comparing(ApiToken::created).reversed())
        .toList();
  }

  /** Revokes a token for good; returns false when there is none of that id that holds. */
  public boolean revoke(String id, Actor by) {
    Instant now = clock.instant();
    Optional<ApiToken> revoked =
        store.run(
            tx ->
                read(tx, id)
                    .filter(token -> token.revoked().isEmpty())
                    .map(token -> with(token, token.used(), Optional.of(now)))
                    .filter(token -> keep(tx, token)));
    revoked.ifPresent(
        token ->
            tell(
                EntryKind.TOKEN_REVOKED,
                by,
                token,
                "The token " + token.name() + " was revoked",
                ""));
    return revoked.isPresent();
  }

  private static boolean keep(Tx tx, ApiToken token) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", token.name());
    fields.put("sha256", token.sha256());
    fields.put("by", token.by());
    fields.put("created", token.created().toString());
    fields.put("expires", token.expires().toString());
    token.level().ifPresent(level -> fields.put("level", level.word()));
    token.source().ifPresent(source -> fields.put("source", source));
    token.used().ifPresent(used -> fields.put("used", used.toString()));
    token.revoked().ifPresent(revoked -> fields.put("revoked", revoked.toString()));
    tx.keepNote(GROUP + token.id(), Fields.write(fields));
    return true;
  }

  private static Optional<ApiToken> read(Tx tx, String id) {
    return tx.note(GROUP + id).flatMap(text -> token(id, text));
  }

  private static Optional<ApiToken> token(String id, String text) {
    Map<String, String> fields = Fields.read(text);
    boolean whole =
        Stream.of("name", "sha256", "by", "created", "expires").allMatch(fields::containsKey);
    return whole ? Optional.of(token(id, fields)) : Optional.empty();
  }

  private static ApiToken token(String id, Map<String, String> fields) {
    return new ApiToken(
        id,
        fields.get("name"),
        Optional.ofNullable(fields.get("level")).flatMap(Level::parse),
        Optional.ofNullable(fields.get("source")),
        fields.get("sha256"),
        fields.get("by"),
        Instant.parse(fields.get("created")),
        Instant.parse(fields.get("expires")),
        Optional.ofNullable(fields.get("used")).map(Instant::parse),
        Optional.ofNullable(fields.get("revoked")).map(Instant::parse));
  }
}
