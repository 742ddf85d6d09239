// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.PlainWords;
import dev.muster.incident.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code declare} and {@code declare!}: the first line is the title with options anywhere and
 * the severity as its last word; further lines and code blocks are details.
 */
final class DeclareGrammar {

  private static final Pattern DASHES = Pattern.compile("^(?:--|[\u2013\u2014\u2015]-?)");
  private static final Pattern AROUND = Pattern.compile("^[(\\[]?(.{1,16}?)[)\\]]?[.,;:]?$");
  private static final String PRIVATE = "--private";
  private static final String DRILL = "--drill";
  private static final String TEST = "--test";

  private final VerbLine line;
  private final List<String> title = new ArrayList<>();
  private boolean isPrivate;
  private boolean drill;
  private Optional<String> unknownOption = Optional.empty();

  private DeclareGrammar(VerbLine line) {
    this.line = line;
  }

  /** Reads a declaration that opens the form. */
  static Reading<Intent> offered(VerbLine line) {
    return new DeclareGrammar(line).read(false);
  }

  /** Reads a declaration that needs no form. */
  static Reading<Intent> straight(VerbLine line) {
    return new DeclareGrammar(line).read(true);
  }

  private Reading<Intent> read(boolean straight) {
    String typed = line.words().rest();
    int end = endOfTitle(typed);
    String details = Words.stripped(PlainWords.of(typed.substring(end)));
    sortOut(typed.substring(0, end));
    if (unknownOption.isPresent()) {
      return noSuchOption(unknownOption.get());
    }
    Reading<Optional<Severity>> severity = takeSeverity();
    Optional<String> below = details.isEmpty() ? Optional.empty() : Optional.of(details);
    return severity
        .map(found -> new DeclareOptions(found, isPrivate, drill, below))
        .then(options -> straight ? declared(options) : offered(options));
  }

  private static int endOfTitle(String typed) {
    int block = typed.indexOf("```");
    int end = block < 0 ? typed.length() : block;
    for (int i = 0; i < end; i++) {
      if (isLineEnd(typed.charAt(i))) {
        return i;
      }
    }
    return end;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085';
  }

  /** Sorts the words into options and title. */
  private void sortOut(String firstLine) {
    int from = 0;
    for (int i = 0; i <= firstLine.length(); i++) {
      if (i == firstLine.length() || Words.isSpace(firstLine.charAt(i))) {
        sortOutWord(firstLine.substring(from, i));
        from = i + 1;
      }
    }
  }

  private void sortOutWord(String word) {
    String option =
        word.length() > 20 || !DASHES.matcher(word).find()
            ? word
            : DASHES.matcher(word).replaceFirst("--").toLowerCase(Locale.ROOT);
    switch (option) {
      case "" -> {}
      case PRIVATE -> isPrivate = true;
      case DRILL, TEST -> drill = true;
      default -> {
        title.add(word);
        noteSlip(option);
      }
    }
  }

  /** A mistyped {@code --private} must not open an incident for everybody. */
  private void noteSlip(String option) {
    boolean slip =
        option.startsWith("--")
            && option.length() <= 20
            && List.of(PRIVATE, DRILL, TEST).stream().anyMatch(o -> Nearest.isSlip(option, o));
    if (slip && unknownOption.isEmpty()) {
      unknownOption = Optional.of(option);
    }
  }

  private Reading<Optional<Severity>> takeSeverity() {
    if (title.isEmpty()) {
      return Reading.of(Optional.empty());
    }
    int last = title.size() - 1;
    Matcher bare = AROUND.matcher(title.get(last));
    String word = bare.matches() ? bare.group(1) : "";
    boolean apart = last > 0 && SeverityWords.isPrefix(title.get(last - 1)) && isNumber(word);
    if (!apart && !SeverityWords.isMeant(word)) {
      return Reading.of(Optional.empty());
    }
    title.subList(apart ? last - 1 : last, last + 1).clear();
    return SeverityWords.read(word, line.spec().verb() + " " + shortTitle() + " ")
        .map(Optional::of);
  }

  private static boolean isNumber(String word) {
    return word.length() < 4 && !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private String shortTitle() {
    return title.isEmpty()
        ? "checkout answers 500"
        : String.join(" ", title.subList(0, Math.min(4, title.size())));
  }

  private Reading<Intent> declared(DeclareOptions options) {
    if (title.isEmpty()) {
      return Refusal.of(line.spec(), "needs_title", "Say in a few words what is broken.");
    }
    return title().map(words -> new Intent.Declare(words, options));
  }

  private Reading<Intent> offered(DeclareOptions options) {
    if (title.isEmpty()) {
      return Reading.of(new Intent.OfferDeclaration(Optional.empty(), options));
    }
    return title().map(words -> new Intent.OfferDeclaration(Optional.of(words), options));
  }

  private Reading<Title> title() {
    return TitleWords.read(line, String.join(" ", title));
  }

  private Reading<Intent> noSuchOption(String option) {
    String near = Nearest.to(option, List.of(PRIVATE, DRILL), 1).get(0);
    return Refusal.example(
        "unknown_option",
        "There is no option " + Refusal.quoted(option) + "; nothing was declared.",
        line.spec().verb() + " " + near + " checkout answers 500");
  }
}
