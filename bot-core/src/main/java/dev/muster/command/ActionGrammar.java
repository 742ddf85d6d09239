// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Optional;

/** Reads {@code action TEXT [@OWNER] [DUE]} from its end, and {@code action done NUMBER}. */
final class ActionGrammar {

  private static final int MOST_DIGITS = 6;

  private final VerbLine line;
  private Optional<PersonRef> owner = Optional.empty();
  private Optional<DueDate> due = Optional.empty();

  private ActionGrammar(VerbLine line) {
    this.line = line;
  }

  static Reading<Intent> read(VerbLine line) {
    if (line.words().takeIf(word -> word.equalsIgnoreCase("done"))) {
      line.addressNext();
      return done(line);
    }
    return new ActionGrammar(line).noted();
  }

  private static Reading<Intent> done(VerbLine line) {
    String number = line.words().take();
    String bare = number.startsWith("#") ? number.substring(1) : number;
    line.addressNext();
    boolean readable =
        !bare.isEmpty()
            && bare.length() <= MOST_DIGITS
            && bare.chars().allMatch(c -> c >= '0' && c <= '9')
            && line.words().isEmpty();
    return readable && Integer.parseInt(bare) > 0
        ? Reading.of(new Intent.FinishAction(Integer.parseInt(bare)))
        : Refusal.example(
            "unknown_action",
            "Say the number of the action, as actions lists it.",
            "action done 2");
  }

  private Reading<Intent> noted() {
    Words words = line.words();
    if (PersonWords.isMarked(words.peek(), line.platform())) {
      owner = PersonWords.read(words.take(), line.platform());
    }
    Optional<String> impossible = Optional.empty();
    for (int i = 0; i < 2 && impossible.isEmpty(); i++) {
      takeDue();
      takeOwner();
      impossible = words.takeLastIf(CalendarText::isImpossible);
    }
    if (impossible.isPresent()) {
      return DueWords.noSuchDay(line, impossible.get());
    }
    return ToDoText.read(line, words.rest(), "action", "Say what is to be done.")
        .map(text -> new Intent.AddAction(text, owner, due));
  }

  private void takeOwner() {
    if (owner.isEmpty()) {
      owner =
          line.words()
              .takeLastIf(word -> PersonWords.isMarked(word, line.platform()))
              .flatMap(word -> PersonWords.read(word, line.platform()));
    }
  }

  private void takeDue() {
    if (due.isPresent()) {
      return;
    }
    Words words = line.words();
    String before = words.ahead();
    Optional<String> last = words.takeLastIf(word -> DueWords.readMarked(word).isPresent());
    if (last.isEmpty()) {
      return;
    }
    boolean marked = words.takeLastIf(DueWords::isMark).isPresent() || endsInOwner();
    due = marked ? DueWords.readMarked(last.get()) : DueWords.readPlain(last.get());
    if (due.isEmpty()) {
      words.putBack(before);
    }
  }

  private boolean endsInOwner() {
    Words copy = new Words(line.words().ahead());
    return owner.isPresent()
        || copy.takeLastIf(word -> PersonWords.isMarked(word, line.platform())).isPresent();
  }
}
