// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes words out of whatever is stored: plain text, and JSON of any depth, which stays what it is
 * but for its texts. Words are found in any case, with any space between them, as they are written
 * in HTML, and where a text was cut off in the middle of them.
 */
final class TakenOut {

  /** A text that was cut off after fewer characters says nothing any more. */
  private static final int LEAST_CUT = 6;

  private static final String CUT = "…";

  /** Within a name, as of a channel, nothing is put that a name may not have. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9._:/-]+");

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern LETTERS = Pattern.compile("[0-9A-Za-z]+");

  /** Fewer letters may stand in a hash or an identifier by chance. */
  private static final int LEAST_IN_HASH = 8;

  /** With so many letters on a side without a break, it is no text. */
  private static final int HALF_HASH = 10;

  private static final Pattern PLAIN_RUN = Pattern.compile("[a-z0-9]+");
  private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final String SPACE = "(?:\\s|\\\\[nrt])+";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** A time, as the store writes it. */
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z");

  /** The name under which a record says of which kind it is. */
  private static final String CASE = "is";

  /** Values of these names are what somebody wrote, whatever they say. */
  private static final Set<String> WRITTEN =
      Set.of("text", "title", "name", "words", "label", "reason", "summary", "description", "body");

  private final List<Sought> sought;
  private final Set<String> own;

  TakenOut(List<Phrase> phrases) {
    this(phrases, Set.of());
  }

  /**
   * Takes out phrases.
   *
   * @param own words that the store is written with; a name or a value that is nothing else stays,
   *     because it says nothing about anybody and the program could not read on without it
   */
  TakenOut(List<Phrase> phrases, Set<String> own) {
    this.own = own;
    sought =
        phrases.stream()
            .sorted(Comparator.comparingInt((Phrase phrase) -> -phrase.words().length()))
            .map(Sought::of)
            .toList();
  }

  /** How much of a text the words must be. */
  enum Extent {
    /** Wherever they stand. */
    ANYWHERE,
    /** Not in the middle of other words. */
    WHOLE_WORDS,
    /** As those, in the same case, and no part of an identifier, a number or a time. */
    EXACT_WORDS,
    /** The text is nothing else. */
    WHOLE_TEXT
  }

  /**
   * Some words.
   *
   * @param words what is to be nowhere any more; not blank
   * @param instead what stands in their place
   * @param extent how much of a text they must be
   */
  record Phrase(String words, String instead, Extent extent) {}

  private record Sought(Phrase phrase, Pattern pattern, List<Pattern> slugs, String needle) {

    static Sought of(Phrase phrase) {
      return new Sought(
          phrase,
          Pattern.compile(
              regex(phrase),
              phrase.extent() == Extent.EXACT_WORDS
                  ? 0
                  : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
          phrase.extent().compareTo(Extent.WHOLE_WORDS) > 0 ? List.of() : Slugs.of(phrase.words()),
          TakenOut.needle(phrase.words()));
    }

    private static String regex(Phrase phrase) {
      String words = TakenOut.regex(phrase.words().strip());
      return switch (phrase.extent()) {
        case ANYWHERE -> apart(phrase.words().strip(), words);
        case WHOLE_WORDS -> "(?<![\\p{L}\\p{N}_])" + words + "(?![\\p{L}\\p{N}_])";
        case EXACT_WORDS ->
            "(?<![\\p{L}\\p{N}_][-.]?)(?<!\\p{N}:)" + words + "(?![-.:]?[\\p{L}\\p{N}_])";
        case WHOLE_TEXT -> "\\A\\s*" + words + "\\s*\\z";
      };
    }

    /** Digits are not looked for in longer numbers, nor a few letters in what is a hash. */
    private static String apart(String plain, String regex) {
      if (DIGITS.matcher(plain).matches()) {
        return "(?<![0-9])" + regex + "(?![0-9])";
      }
      return plain.length() < LEAST_IN_HASH && LETTERS.matcher(plain).matches()
          ? "(?<![0-9A-Za-z]{%1$d})%2$s(?![0-9A-Za-z]{%1$d})".formatted(HALF_HASH, regex)
          : regex;
    }

    String out(String text) {
      String named = phrase.instead().replaceAll("[^A-Za-z0-9._-]", "");
      String instead = NAME.matcher(text).matches() ? named : phrase.instead();
      String clean = pattern.matcher(text).replaceAll(Matcher.quoteReplacement(instead));
      for (Pattern slug : slugs) {
        clean = slug.matcher(clean).replaceAll(Matcher.quoteReplacement(named));
      }
      return phrase.extent() == Extent.ANYWHERE ? uncut(clean) : clean;
    }

    /** Takes out the beginning of the words, where the text was cut off behind it. */
    private String uncut(String text) {
      String words = phrase.words().strip().replaceAll("\\s+", " ");
      StringBuilder clean = new StringBuilder(text);
      int cut = clean.lastIndexOf(CUT);
      while (cut >= 0) {
        int length = Math.min(words.length() - 1, cut);
        while (length >= LEAST_CUT
            && !words.regionMatches(true, 0, clean.substring(cut - length, cut), 0, length)) {
          length--;
        }
        if (length >= LEAST_CUT) {
          clean.replace(cut - length, cut, phrase.instead());
          cut -= length;
        }
        cut = cut == 0 ? -1 : clean.lastIndexOf(CUT, cut - 1);
      }
      return clean.toString();
    }
  }

  private static String regex(String words) {
    StringBuilder regex = new StringBuilder();
    for (String word : words.split("\\s+")) {
      regex.append(regex.isEmpty() ? "" : SPACE);
      word.codePoints().forEach(each -> regex.append(written(each)));
    }
    return regex.toString();
  }

  /** The ways in which a character may be written. */
  private static String written(int each) {
    return switch (each) {
      case '&' -> "(?:&amp;|&)";
      case '<' -> "(?:&lt;|<)";
      case '>' -> "(?:&gt;|>)";
      case '"' -> "(?:&quot;|&#34;|\\\\?\")";
      case '\'' -> "(?:&#39;|')";
      case '\\' -> "\\\\{1,2}";
      default -> Pattern.quote(Character.toString(each));
    };
  }

  /**
   * Returns what whoever holds one of the words holds too, {@link #folded}, however the words are
   * written: their longest run of plain letters and digits, or of those of any script.
   */
  List<String> needles() {
    return sought.stream().map(Sought::needle).distinct().toList();
  }

  /** As {@link #needles()}, and whoever holds the words cut off holds one of these as well. */
  List<String> hints() {
    return sought.stream()
        .map(
            each ->
                each.phrase().extent() == Extent.ANYWHERE
                    ? needle(beginning(each.phrase().words().strip()))
                    : each.needle())
        .distinct()
        .toList();
  }

  private static String beginning(String words) {
    return words.substring(0, Math.min(words.length(), LEAST_CUT));
  }

  private static String needle(String words) {
    String folded = folded(words);
    String longest = longest(PLAIN_RUN, folded);
    if (longest.isEmpty()) {
      longest = longest(RUN, folded);
    }
    return longest.isEmpty() ? folded.strip().split("\\s+")[0] : longest;
  }

  private static String longest(Pattern run, String text) {
    Matcher runs = run.matcher(text);
    String longest = "";
    while (runs.find()) {
      longest = runs.group().length() > longest.length() ? runs.group() : longest;
    }
    return longest;
  }

  /** Returns a text in which case makes no difference, in any script. */
  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ς', 'σ');
  }

  /** Returns whether the words stand in a text. */
  boolean isIn(String text) {
    return !of(text).equals(text);
  }

  /** Returns a stored text without the words. */
  String of(String text) {
    String begin = text.stripLeading();
    if (begin.startsWith("{") || begin.startsWith("[")) {
      try {
        JsonNode tree = JSON.readTree(text);
        JsonNode clean = clean(tree, "");
        return clean.equals(tree) ? text : JSON.writeValueAsString(clean);
      } catch (JsonProcessingException e) {
        return plain(text);
      }
    }
    return plain(text);
  }

  private String plain(String text) {
    String clean = text;
    for (Sought each : sought) {
      clean = each.out(clean);
    }
    return clean;
  }

  /** Returns the value of a column without the words. */
  String ofValue(String value) {
    return isOurs(value) ? value : of(value);
  }

  private boolean isOurs(String value) {
    return own.contains(value) || INSTANT.matcher(value).matches();
  }

  /**
   * Returns the same JSON without the words.
   *
   * @param name under which it stands
   */
  private JsonNode clean(JsonNode node, String name) {
    if (node.isTextual()) {
      String text = node.textValue();
      boolean stays = name.equals(CASE) || isOurs(text) && !WRITTEN.contains(name);
      return stays ? node : TextNode.valueOf(of(text));
    }
    if (node.isArray()) {
      ArrayNode clean = JSON.createArrayNode();
      node.forEach(each -> clean.add(clean(each, name)));
      return clean;
    }
    if (node.isObject()) {
      ObjectNode clean = JSON.createObjectNode();
      node.properties()
          .forEach(
              e ->
                  clean.set(
                      own.contains(e.getKey()) ? e.getKey() : plain(e.getKey()),
                      clean(e.getValue(), e.getKey())));
      return clean;
    }
    return node;
  }
}
