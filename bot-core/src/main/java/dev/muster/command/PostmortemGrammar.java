// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code postmortem [show|draft|publish]} and {@code postmortem edit [PART [TEXT]]}. */
final class PostmortemGrammar {

  private static final int LONGEST_WORD = 20;

  private PostmortemGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    boolean named = line.addressed().isPresent() || !VerbLine.namesIncident(line.words().peek());
    if (!named) {
      line.address(line.words().take());
    }
    String part = line.words().take();
    line.addressNext();
    return switch (part.toLowerCase(Locale.ROOT)) {
      case "", "show" -> alone(line, new Intent.ShowPostmortem());
      case "draft" -> alone(line, new PaperIntent.DraftPostmortem());
      case "publish" -> alone(line, new PaperIntent.PublishPostmortem());
      case "edit" -> edited(line);
      default ->
          Refusal.of(
              line.spec(),
              "unknown_part",
              "A postmortem can be shown, drafted, edited or published, not "
                  + Refusal.quoted(part)
                  + ".");
    };
  }

  private static Reading<Intent> alone(VerbLine line, Intent intent) {
    line.addressLast();
    return PlainGrammar.nothingMore(line, intent);
  }

  private static Reading<Intent> edited(VerbLine line) {
    String word = line.words().take();
    if (word.isEmpty()) {
      return Reading.of(new PaperIntent.EditPostmortem(Optional.empty(), Optional.empty()));
    }
    return PostmortemPart.parse(word)
        .map(part -> Reading.<Intent>of(edit(part, line)))
        .orElseGet(() -> noSuchPart(word));
  }

  private static Intent edit(PostmortemPart part, VerbLine line) {
    return new PaperIntent.EditPostmortem(Optional.of(part), FieldGrammar.text(line));
  }

  private static Reading<Intent> noSuchPart(String word) {
    List<String> parts = PostmortemPart.words();
    String near =
        word.length() > LONGEST_WORD
            ? parts.get(0)
            : Nearest.to(word.toLowerCase(Locale.ROOT), parts, 1).get(0);
    return Refusal.example(
        "unknown_section",
        "People write the parts "
            + Refusal.anyOf(parts)
            + "; there is none "
            + Refusal.quoted(word)
            + ".",
        "postmortem edit " + near + " …");
  }
}
