// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Severity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclareGrammarTest {

  private static Intent.Declare declared(String text) {
    return (Intent.Declare) intentOf(text);
  }

  @ParameterizedTest
  @CsvSource({
    "declare! checkout down sev2, checkout down, SEV2",
    "declare! checkout down SEV-1, checkout down, SEV1",
    "declare! checkout down sev 4, checkout down, SEV4",
    "declare! checkout down (sev2)., checkout down, SEV2",
    "new! “checkout down” sev2, checkout down, SEV2",
    "open! checkout errors 500, checkout errors 500,",
    "declare! datacenter 2, datacenter 2,",
    "declare! sev2 was too low, sev2 was too low,"
  })
  void lastWord_isTheSeverityIfItIsOne(String text, String title, Severity severity) {
    Intent.Declare declare = declared(text);
    assertEquals(title, declare.title().text());
    assertEquals(Optional.ofNullable(severity), declare.options().severity());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "declare! --private --drill keys leaked sev1",
        "declare! keys leaked sev1 --PRIVATE --test",
        "declare! keys leaked —private sev1 –drill"
      })
  void options_mayStandAnywhereOnTheFirstLine(String text) {
    Intent.Declare declare = declared(text);
    assertEquals("keys leaked", declare.title().text());
    assertEquals(
        new DeclareOptions(Optional.of(Severity.SEV1), true, true, Optional.empty()),
        declare.options());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--privat", "--privte", "—private!", "--dril"})
  void mistypedOption_declaresNothing(String option) {
    var refusal = refusalOf("declare! " + option + " keys leaked");
    assertEquals("unknown_option", refusal.reason());
    assertTrue(refusal.hint().matches(".*declare! --(private|drill) .*"), refusal.hint());
  }

  @Test
  void otherWordsWithDashes_belongToTheTitle() {
    assertEquals("rm --force hit prod", declared("declare! rm --force hit prod").title().text());
  }

  @Test
  void furtherLinesAndCodeBlocks_areDetails() {
    Intent.Declare lines = declared("declare! checkout down sev2\n\n  at line 3\nmore\n");
    assertEquals("checkout down", lines.title().text());
    assertEquals(Optional.of(Severity.SEV2), lines.options().severity());
    assertEquals(Optional.of("at line 3\nmore"), lines.options().details());
    Intent.Declare block = declared("declare! checkout down ```a\nb\nc```");
    assertEquals("checkout down", block.title().text());
    assertEquals(Optional.of("```a\nb\nc```"), block.options().details());
  }

  @Test
  void longTitle_isCutAt250AndKeptInFull() {
    String words = "💥 checkout ".repeat(900).strip();
    Title title = declared("declare! " + words).title();
    assertEquals(250, title.text().codePointCount(0, title.text().length()), 1);
    assertTrue(title.text().endsWith("…"));
    assertEquals(Optional.of(words), title.full());
  }

  @ParameterizedTest
  @ValueSource(strings = {"declare! 💥", "declare! \u200B\u200D", "declare! ...", "declare 🔥🔥"})
  void titleWithoutLetterOrDigit_isRefused(String text) {
    assertEquals("title_needs_letter_or_digit", refusalOf(text).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"declare!", "declare! --private", "declare! sev2"})
  void straightDeclarationWithoutTitle_isRefused(String text) {
    assertEquals("needs_title", refusalOf(text).reason());
  }

  @Test
  void declareWithoutTitle_offersTheForm() {
    var nothing = new DeclareOptions(Optional.empty(), false, false, Optional.empty());
    assertEquals(new Intent.OfferDeclaration(Optional.empty(), nothing), intentOf("declare"));
    assertEquals(
        new Intent.OfferDeclaration(
            Optional.of(new Title("checkout", Optional.empty())),
            new DeclareOptions(Optional.of(Severity.SEV2), true, false, Optional.empty())),
        intentOf("open checkout sev2 --private"));
  }

  @Test
  void hostileTitle_staysText() {
    assertEquals(
        "<!channel> all is down", declared("declare! <!channel> all is down").title().text());
    assertEquals("ab", declared("declare! a\u202Eb").title().text());
    assertEquals("a\uFFFDb", declared("declare! a\uD83Db").title().text());
    assertEquals("a b", declared("declare! a\u0007\tb").title().text());
  }

  @ParameterizedTest
  @CsvSource({"sev0, sev1", "sev99, sev4", "SEV-two, sev2"})
  void impossibleSeverity_isRefusedWithTheWholeCommandAsItShouldBe(String word, String near) {
    var refusal = refusalOf("declare! checkout down " + word);
    assertEquals("unknown_severity", refusal.reason());
    assertEquals("For example: /incident declare! checkout down " + near, refusal.hint());
  }
}
