// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.SafeText;
import dev.muster.alert.SeverityWord;
import dev.muster.chat.SecretPatterns;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An alert as its sender wrote it, before it is made fit to be stored: secrets out, times believed
 * or replaced, links checked, everything odd flagged by an enumerated word.
 *
 * @param source the source's name
 * @param fingerprint the sender's own key; blank for none
 * @param status whether it fires
 * @param title one line for people
 * @param labels names and values that identify it
 * @param annotations names and values that explain it
 * @param startsAt the beginning as written
 * @param endsAt the end as written
 * @param url where the sender shows it
 */
record AlertDraft(
    String source,
    String fingerprint,
    Alert.Status status,
    String title,
    Map<String, String> labels,
    Map<String, String> annotations,
    String startsAt,
    String endsAt,
    String url) {

  private static final int TITLE = 250;
  private static final int LABEL_VALUE = 2_000;
  private static final int ANNOTATION_VALUE = 16_000;
  private static final int LONGEST_FINGERPRINT = 200;
  private static final int LONGEST_URL = 2_000;

  /** Returns the alert; {@code now} stands in for times that are not believed. */
  Alert finish(Instant now) {
    Set<String> flags = new LinkedHashSet<>();
    Map<String, String> notes = cleaned(annotations, ANNOTATION_VALUE, flags);
    Map<String, String> names = cleaned(labels, LABEL_VALUE, flags);
    AlertTimes.Time start = time(startsAt, "startsAt", now, notes, flags);
    Optional<Instant> end = end(start.at(), now, notes, flags);
    String severity = severity(flags);
    return new Alert(
        key(flags),
        status == Alert.Status.RESOLVED && end.isPresent()
            ? Alert.Status.RESOLVED
            : Alert.Status.FIRING,
        SafeText.line(clean(title, TITLE * 4, flags), TITLE),
        severity,
        names,
        notes,
        start.at(),
        end,
        link(notes, flags),
        List.copyOf(flags));
  }

  private AlertKey key(Set<String> flags) {
    String written = fingerprint.strip();
    if (written.isEmpty()) {
      flags.add("no_fingerprint");
      return AlertKey.ofLabels(source, labels);
    }
    boolean plain = written.length() <= LONGEST_FINGERPRINT;
    return plain && written.chars().noneMatch(Character::isISOControl)
        ? new AlertKey(source, written)
        : AlertKey.ofLabels(source, Map.of("fingerprint", written));
  }

  private String severity(Set<String> flags) {
    String word = SafeText.line(labels.getOrDefault("severity", ""), 40);
    if (SeverityWord.of(word) == SeverityWord.UNKNOWN) {
      flags.add("unknown_severity");
    }
    return word;
  }

  private static AlertTimes.Time time(
      String written, String name, Instant now, Map<String, String> notes, Set<String> flags) {
    AlertTimes.Time time = AlertTimes.read(written, now);
    if (!time.flag().isEmpty()) {
      flags.add(time.flag());
      String kept = SafeText.line(written, 64);
      if (!kept.isEmpty()) {
        notes.putIfAbsent(name + " as sent", kept);
      }
    }
    return time;
  }

  /** An end before the beginning is no end: better one alert too many than one too few. */
  private Optional<Instant> end(
      Instant start, Instant now, Map<String, String> notes, Set<String> flags) {
    if (status == Alert.Status.FIRING) {
      return Optional.empty();
    }
    Instant end = AlertTimes.isNone(endsAt) ? now : time(endsAt, "endsAt", now, notes, flags).at();
    if (end.isBefore(start)) {
      flags.add("ends_before_start");
      return Optional.empty();
    }
    return Optional.of(end);
  }

  private static Map<String, String> cleaned(
      Map<String, String> values, int limit, Set<String> flags) {
    Map<String, String> cleaned = new TreeMap<>();
    values.forEach(
        (name, value) ->
            cleaned.put(withoutHalves(name, name.length()), clean(value, limit, flags)));
    return cleaned;
  }

  private static String clean(String value, int limit, Set<String> flags) {
    SecretPatterns.Cleaned cleaned = SecretPatterns.clean(value);
    cleaned.kinds().forEach(kind -> flags.add("redacted_" + kind));
    if (cleaned.text().length() > limit) {
      flags.add("text_cut");
    }
    return withoutHalves(cleaned.text(), limit);
  }

  /** Returns at most {@code limit} characters, with NUL and half characters made visible. */
  private static String withoutHalves(String text, int limit) {
    String head = text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
    if (head.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
      return head;
    }
    StringBuilder whole = new StringBuilder(head.length());
    head.codePoints()
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEachOrdered(whole::appendCodePoint);
    return whole.toString();
  }

  /** Only plain web addresses become links; anything else is kept as a note to read. */
  private String link(Map<String, String> notes, Set<String> flags) {
    String written = SecretPatterns.clean(url.strip()).text();
    if (written.isEmpty() || isPlainWebAddress(written)) {
      return written;
    }
    flags.add("link_not_shown");
    notes.putIfAbsent("link as sent", SafeText.line(written, LONGEST_URL));
    return "";
  }

  private static boolean isPlainWebAddress(String written) {
    try {
      URI uri = new URI(written);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      boolean host = uri.getHost() != null && !uri.getHost().startsWith("169.254.");
      return web && host && uri.getUserInfo() == null && written.length() <= LONGEST_URL;
    } catch (URISyntaxException notAnAddress) {
      return false;
    }
  }
}
