// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a store holds of one person: handed out while the bot runs, or put under another name while
 * nobody works on it. Who they are is their platform's identifier; what they are called is every
 * name and address under which the platform or a fact ever knew them.
 */
public final class StorePerson {

  /** A shorter name is as likely a word of other people's, so it goes only when that is asked. */
  private static final int LEAST_NAME = 3;

  private static final int PSEUDONYM_LETTERS = 8;

  /** The beginning of the note that a pseudonym was given. */
  private static final String GIVEN = "pseudonym/";

  private static final String NAMES =
      """
      SELECT DISTINCT w.actor_name FROM timeline t
      JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq WHERE t.actor_id = ?
      """;
  private static final String ENTRIES =
      "SELECT stream, seq FROM timeline WHERE actor_id = ? ORDER BY stream, seq";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqlTx tx;
  private final UserRef user;
  private final Set<String> names = new TreeSet<>();
  private final Optional<String> email;

  private StorePerson(SqlTx tx, UserRef user) {
    this.tx = tx;
    this.user = user;
    var known = tx.people().find(user).map(found -> found.profile());
    email = known.flatMap(profile -> profile.email()).map(String::strip);
    known.ifPresent(profile -> names.add(profile.person().name()));
    names.addAll(tx.statements().list(NAMES, row -> row.getString(1), user.toString()));
    names.addAll(NamesInRecords.of(tx, user));
    names.removeIf(name -> name.isBlank() || name.equals(user.toString()));
    names.removeIf(StoreRedaction::isMark);
  }

  /**
   * What somebody asks for.
   *
   * @param user who is to be forgotten
   * @param reason why; stands on each timeline that changes
   * @param by who asks
   * @param now the instant
   * @param shortNames whether names of one or two letters are taken out too, wherever they stand as
   *     words of their own in the same case
   */
  public record Wish(UserRef user, String reason, Actor by, Instant now, boolean shortNames) {}

  /**
   * What was done.
   *
   * @param pseudonym what they are called from now on
   * @param done as for words
   */
  public record Forgotten(String pseudonym, StoreRedaction.Done done) {}

  private record Outcome(
      Optional<String> refusal,
      String pseudonym,
      int entries,
      int values,
      long fixed,
      List<Path> uploads) {}

  /**
   * Puts a pseudonym in the place of a person's names and address, everywhere.
   *
   * @param jdbcUrl the store, as in {@code jdbc:sqlite:data/muster.db}
   * @param ids as for {@link SqlStore#open}; the pseudonym is the end of one
   * @throws IOException when it was refused; nothing was changed then. The message is a sentence
   *     for an operator
   */
  public static Forgotten forget(String jdbcUrl, Wish wish, Supplier<String> ids)
      throws IOException {
    StoreUrl url = QuietStore.existing(jdbcUrl);
    String id = ids.get().toLowerCase(Locale.ROOT);
    String pseudonym = "person-" + id.substring(Math.max(0, id.length() - PSEUDONYM_LETTERS));
    Outcome outcome;
    try {
      outcome =
          QuietStore.change(
              url,
              wish.now(),
              ids,
              tx -> new StorePerson(tx, wish.user()).forget(url, wish, pseudonym));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (outcome.refusal().isPresent()) {
      throw new IOException(outcome.refusal().get());
    }
    QuietStore.compact(url);
    return new Forgotten(
        outcome.pseudonym(),
        new StoreRedaction.Done(
            outcome.entries(),
            outcome.values(),
            outcome.fixed(),
            outcome.uploads(),
            QuietStore.copies(url)));
  }

  private Outcome forget(StoreUrl url, Wish wish, String fresh) {
    String pseudonym = names.stream().filter(this::isPseudonym).findFirst().orElse(fresh);
    OwnWords own = OwnWords.of(tx.statements());
    TakenOut words = new TakenOut(phrases(pseudonym, own), own.all());
    Optional<String> refusal = refusal(wish, words);
    if (refusal.isPresent()) {
      return new Outcome(refusal, pseudonym, 0, 0, 0, List.of());
    }
    List<Path> uploads = QuietStore.uploadsWithout(url, words);
    Sweep sweep = new Sweep(tx, words);
    sweep.timelines((was, clean) -> clean);
    sweep.tables();
    sweep.tell(wish.by(), wish.reason(), wish.now());
    sweep.forgetInSearch();
    tx.keepNote(GIVEN + pseudonym, wish.now().toString());
    return new Outcome(
        Optional.empty(), pseudonym, sweep.entries(), sweep.values(), sweep.fixed(), uploads);
  }

  private Optional<String> refusal(Wish wish, TakenOut words) {
    if (names.isEmpty() && email.isEmpty()) {
      return Optional.of(
          "Nobody is known as " + user + ". Name a platform and its identifier, as in slack:U123.");
    }
    Optional<String> brief = names.stream().filter(StorePerson::isBrief).findFirst();
    if (brief.isPresent() && !wish.shortNames()) {
      return Optional.of(
          "“%s” is so short that it may be a word in what others wrote, so nothing was changed."
                  .formatted(brief.get())
              + " To put the pseudonym wherever it stands as a word of its own, written exactly so:"
              + " forget-person %s --reason asked --short-names".formatted(user));
    }
    return words.isIn(wish.reason())
        ? Optional.of("The reason holds the name itself. Give another reason.")
        : Optional.empty();
  }

  private static boolean isBrief(String name) {
    return name.length() < LEAST_NAME;
  }

  /** Anybody may call themselves as pseudonyms look; only those that were given are some. */
  private boolean isPseudonym(String name) {
    return tx.note(GIVEN + name).isPresent();
  }

  /** A name that is a word of the program as well goes where it stands alone. */
  private List<TakenOut.Phrase> phrases(String pseudonym, OwnWords own) {
    return phrases(pseudonym).stream()
        .map(
            each ->
                own.isOne(each.words())
                    ? new TakenOut.Phrase(each.words(), pseudonym, TakenOut.Extent.WHOLE_TEXT)
                    : each)
        .toList();
  }

  private List<TakenOut.Phrase> phrases(String pseudonym) {
    List<TakenOut.Phrase> phrases = new ArrayList<>();
    email.ifPresent(address -> phrases.add(phrase(address, pseudonym + "@forgotten.invalid")));
    names.stream()
        .filter(name -> !isPseudonym(name))
        .forEach(name -> phrases.add(phrase(name, pseudonym)));
    return phrases;
  }

  private static TakenOut.Phrase phrase(String words, String instead) {
    return new TakenOut.Phrase(
        words, instead, isBrief(words) ? TakenOut.Extent.EXACT_WORDS : TakenOut.Extent.WHOLE_WORDS);
  }

  /**
   * Returns everything a store holds of a person, as JSON: what they did, and every value that
   * names them. Only reads; may run beside a running bot.
   *
   * @throws IOException when there is nothing, or no store; the message is a sentence for an
   *     operator
   */
  public static String about(String jdbcUrl, UserRef user) throws IOException {
    try (StoreReader reader = StoreReader.open(jdbcUrl)) {
      Optional<ObjectNode> found = reader.read(tx -> new StorePerson((SqlTx) tx, user).held());
      if (found.isEmpty()) {
        throw new IOException(
            "Nobody is known as "
                + user
                + ". Name a platform and its identifier, as in slack:U123.");
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(found.get());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /**
   * As {@link #about}, into a file that only its owner may read: it tells of private incidents.
   *
   * @param target does not exist yet
   */
  public static void about(String jdbcUrl, UserRef user, Path target) throws IOException {
    String held = about(jdbcUrl, user);
    OwnerFiles.create(target);
    Files.writeString(target, held + "\n", StandardCharsets.UTF_8);
  }

  private Optional<ObjectNode> held() {
    if (names.isEmpty() && email.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode out = JSON.createObjectNode();
    out.put("person", user.toString());
    ArrayNode called = out.putArray("names");
    names.forEach(called::add);
    out.put("email", email.orElse(null));
    ArrayNode did = out.putArray("did");
    tx.statements()
        .list(ENTRIES, row -> new long[] {row.getLong(1), row.getLong(2)}, user.toString())
        .forEach(place -> did.add(entry(place[0], place[1])));
    List<TakenOut.Phrase> sought = phrases("");
    sought.add(phrase(user.id(), ""));
    ArrayNode named = out.putArray("named");
    new Sweep(tx, new TakenOut(sought))
        .each(
            (table, value) ->
                named.add(JSON.createObjectNode().put("in", table).put("value", value)));
    return Optional.of(out);
  }

  private ObjectNode entry(long stream, long seq) {
    TimelineEntry entry = tx.timeline().read(new Stream(stream), seq - 1, 1, Set.of()).get(0);
    return JSON.createObjectNode()
        .put("incident", stream == 0 ? "journal" : new IncidentId(stream).toString())
        .put("seq", seq)
        .put("at", entry.at().toString())
        .put("kind", entry.kind().word())
        .put("text", entry.text())
        .put("reason", entry.reason());
  }
}
