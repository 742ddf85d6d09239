// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import dev.muster.access.Level;
import dev.muster.chat.UserRef;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Who those are in the built-in chat who sign in. The key is the issuer with its subject, for ever;
 * what the provider calls somebody only suggests a name, once. A name that anybody had before is
 * given to nobody, unless the configuration says whose it is. Any thread may call.
 */
public final class WebPeople {

  private static final String SUBJECT = "sign-in/subject/";
  private static final String PERSON = "sign-in/person/";
  private static final String PLATFORM = "web";
  private static final String BOT = "muster";
  private static final int LONGEST = 40;
  private static final int MOST_OF_ONE_NAME = 1_000;

  private final UnitOfWork store;
  private final String issuer;
  private final Map<String, String> pinned;
  private final Map<String, Level> levels = new ConcurrentHashMap<>();

  /**
   * Reads who signed in so far.
   *
   * @param issuer whose subjects sign in
   * @param pinned subjects by the name that is theirs alone
   */
  public WebPeople(UnitOfWork store, String issuer, Map<String, String> pinned) {
    this.store = store;
    this.issuer = issuer;
    this.pinned = Map.copyOf(pinned);
    store
        .read(tx -> Notes.below(tx, PERSON))
        .forEach(
            (name, text) ->
                Level.parse(Fields.read(text).getOrDefault("level", ""))
                    .ifPresent(level -> levels.put(name, level)));
  }

  /**
   * Returns the name of somebody who signs in with this level; the first time it is chosen.
   *
   * @param subject the provider's key for this person
   * @param suggested what the provider calls them
   */
  public String enter(String subject, String suggested, Level level) {
    String name =
        store.run(
            tx -> {
              String chosen = nameOf(tx, subject, suggested);
              tx.keepNote(SUBJECT + key(subject), chosen);
              tx.keepNote(
                  PERSON + chosen,
                  Fields.write(
                      Map.of("issuer", issuer, "subject", subject, "level", level.word())));
              return chosen;
            });
    levels.put(name, level);
    return name;
  }

  private String key(String subject) {
    return Digest.of(issuer + "\n" + subject);
  }

  private String nameOf(Tx tx, String subject, String suggested) {
    Optional<String> own =
        pinned.entrySet().stream()
            .filter(entry -> entry.getValue().equals(subject))
            .map(Map.Entry::getKey)
            .findFirst();
    return own.filter(name -> isFreeOrOf(tx, name, subject))
        .or(() -> tx.note(SUBJECT + key(subject)))
        .orElseGet(() -> fresh(tx, suggested));
  }

  /** A name that was given to somebody stays theirs, whatever is written later. */
  private boolean isFreeOrOf(Tx tx, String name, String subject) {
    return tx.note(PERSON + name)
        .map(Fields::read)
        .map(holder -> subject.equals(holder.get("subject")) && issuer.equals(holder.get("issuer")))
        .orElse(true);
  }

  private String fresh(Tx tx, String suggested) {
    String base = plain(suggested);
    return IntStream.rangeClosed(1, MOST_OF_ONE_NAME)
        .mapToObj(number -> number == 1 ? base : base + "-" + number)
        .filter(name -> isFree(tx, name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("too many people of one name"));
  }

  private boolean isFree(Tx tx, String name) {
    return !name.equals(BOT)
        && !pinned.containsKey(name)
        && tx.note(PERSON + name).isEmpty()
        && tx.people().find(new UserRef(PLATFORM, name)).isEmpty();
  }

  /** Returns what is left of a suggestion in the letters that a name may have. */
  static String plain(String suggested) {
    String local = suggested.strip().toLowerCase(Locale.ROOT).replaceFirst("@.*", "");
    String kept = local.replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-._]+|[-._]+$", "");
    String shortened = kept.substring(0, Math.min(kept.length(), LONGEST));
    return shortened.isEmpty() ? "person" : shortened;
  }

  /** Returns the level somebody had when they last signed in; empty for whoever never did. */
  public Optional<Level> levelOf(UserRef user) {
    return user.platform().equals(PLATFORM)
        ? Optional.ofNullable(levels.get(user.id()))
        : Optional.empty();
  }

  /** Returns whether a name of the built-in chat belongs to somebody who signs in. */
  public boolean has(String name) {
    return levels.containsKey(name) || pinned.containsKey(name);
  }
}
