// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code task TEXT [@OWNER]}, {@code task take|done NUMBER} and {@code task give NUMBER
 * PERSON}. Words that begin so but go on otherwise, as in {@code task take a heap dump}, are a
 * task.
 */
final class TaskGrammar {

  private static final int MOST_DIGITS = 6;
  private static final int LONGEST_WORD = 8;
  private static final int MOST_WORDS = 4;

  private final VerbLine line;

  private TaskGrammar(VerbLine line) {
    this.line = line;
  }

  static Reading<Intent> read(VerbLine line) {
    return new TaskGrammar(line).read();
  }

  private Reading<Intent> read() {
    Words words = line.words();
    if (words.isEmpty()) {
      return Reading.of(new TaskIntent.ListTasks());
    }
    String first = words.peek();
    return switch (first.length() > LONGEST_WORD ? "" : first.toLowerCase(Locale.ROOT)) {
      case "done" -> finished();
      case "take" -> taken();
      case "give" -> given();
      default -> noted();
    };
  }

  private Reading<Intent> finished() {
    line.words().take();
    line.addressNext();
    OptionalInt number = number(line.words().take());
    line.addressNext();
    return number.isPresent() && line.words().isEmpty()
        ? Reading.of(new TaskIntent.FinishTask(number.getAsInt()))
        : whichNumber("task done 2");
  }

  private Reading<Intent> taken() {
    List<String> behind = behind();
    if (behind.isEmpty()) {
      return whichNumber("task take 2");
    }
    OptionalInt number = number(behind.get(0));
    return number.isPresent() && behind.size() == 1
        ? take(2, Reading.of(new TaskIntent.TakeTask(number.getAsInt())))
        : noted();
  }

  private Reading<Intent> given() {
    List<String> behind = behind();
    OptionalInt number = behind.isEmpty() ? OptionalInt.empty() : number(behind.get(0));
    if (behind.isEmpty() || number.isPresent() && behind.size() == 1) {
      return whichNumber("task give 2 @li");
    }
    return number.isPresent() && behind.size() == 2
        ? take(3, handedTo(number.getAsInt(), behind.get(1)))
        : noted();
  }

  /** Returns the words behind the first one, without the incident that may end them; few. */
  private List<String> behind() {
    Words copy = new Words(line.words().ahead());
    copy.take();
    List<String> words = new ArrayList<>(copy.takeAll(MOST_WORDS));
    boolean addressed = words.size() > 1 && VerbLine.namesIncident(words.get(words.size() - 1));
    if (addressed && line.addressed().isEmpty()) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  private Reading<Intent> take(int words, Reading<Intent> understood) {
    for (int i = 0; i < words; i++) {
      line.words().take();
    }
    line.addressLast();
    return understood;
  }

  private Reading<Intent> handedTo(int number, String person) {
    if (PersonWords.isNobody(person)) {
      return Reading.of(new TaskIntent.GiveTask(number, Optional.empty()));
    }
    return PersonWords.read(person, line.platform())
        .map(owner -> Reading.<Intent>of(new TaskIntent.GiveTask(number, Optional.of(owner))))
        .orElseGet(
            () ->
                Refusal.example(
                    "unknown_person",
                    Refusal.quoted(person) + " is not the name of one person.",
                    "task give " + number + " @li"));
  }

  private static <T> Reading<T> whichNumber(String example) {
    return Refusal.example(
        "unknown_task", "Say the number of the task, as task lists it.", example);
  }

  private static OptionalInt number(String word) {
    String bare = word.startsWith("#") ? word.substring(1) : word;
    boolean readable =
        !bare.isEmpty()
            && bare.length() <= MOST_DIGITS
            && bare.chars().allMatch(c -> c >= '0' && c <= '9');
    return readable && Integer.parseInt(bare) > 0
        ? OptionalInt.of(Integer.parseInt(bare))
        : OptionalInt.empty();
  }

  private Reading<Intent> noted() {
    Words words = line.words();
    Optional<PersonRef> owner =
        isMarked(words.peek())
            ? PersonWords.read(words.take(), line.platform())
            : words
                .takeLastIf(this::isMarked)
                .flatMap(word -> PersonWords.read(word, line.platform()));
    return ToDoText.read(line, words.rest(), "task", "Say what is to be done now.")
        .map(text -> new TaskIntent.AddTask(text, owner));
  }

  private boolean isMarked(String word) {
    return PersonWords.isMarked(word, line.platform());
  }
}
