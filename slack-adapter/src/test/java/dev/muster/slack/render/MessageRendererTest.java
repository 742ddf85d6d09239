// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.About;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.slack.fake.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages as Slack's readers see them, checked against Slack's limits by the stand-in's rules. */
class MessageRendererTest {

  private static final Instant AT = Instant.parse("2026-11-20T13:05:00Z");
  private static final Person ADA = new Person(new UserRef("slack", "U01ADA"), "Ada");

  private static Seen seen(BotMessage message) {
    Rendered rendered = MessageRenderer.render(message);
    return Seen.message(rendered.text(), rendered.blocks());
  }

  /** A message with the text in every place that can hold words from outside. */
  private static BotMessage everywhere(String text) {
    String words = text.isBlank() ? "x" : text;
    Button button =
        new Button(
            words,
            "ack",
            "t1",
            Button.Style.DANGER,
            Optional.of(new Button.Confirm(words, words, words)));
    List<Section> sections = new ArrayList<>();
    for (Section.Style style : Section.Style.values()) {
      sections.add(new Section(words, Phrase.of(words), style));
      sections.add(new Section("", spans(words), style));
    }
    return BotMessage.card(words, words)
        .withFacts(
            List.of(
                Fact.of(words, words),
                Fact.of("Plain", "value"),
                new Fact("Spans", spans(words)),
                new Fact("When", Phrase.of(AT))))
        .withSections(sections)
        .withButtons(List.of(button));
  }

  private static Phrase spans(String words) {
    return Phrase.of(
        new Span.Words(words),
        new Span.Strong(words),
        new Span.Code(words),
        new Span.Who(new Person(new UserRef("slack", "U1"), words)),
        new Span.Link(words, words),
        new Span.Link(words, "https://a.example/?q=1&r=2"),
        new Span.Room(new ChannelRef("slack", "C1"), words));
  }

  @Test
  void outsideText_fromTheCorpus_notifiesNobodyAnywhere() {
    List<String> corpus = Injections.all();
    assertTrue(corpus.size() >= 400, "corpus has " + corpus.size());
    for (String text : corpus) {
      assertEquals(List.of(), seen(everywhere(text)).notified(), text);
      assertEquals(List.of(), seen(BotMessage.line(text)).notified(), text);
    }
  }

  @Test
  void outsideText_ofAnyLength_staysWithinSlacksLimits() {
    for (String text :
        List.of(
            "x".repeat(40_000),
            "🔥".repeat(20_000),
            "&<>*_~`".repeat(6_000),
            "\u202Eabc ".repeat(8_000),
            "\n\n\n" + "a b ".repeat(10_000),
            "e\u0301".repeat(9_000))) {
      Seen shown = seen(everywhere(text));
      assertTrue(shown.words().length() < 40_000);
      assertTrue(MessageRenderer.render(everywhere(text)).text().length() <= Limits.TEXT);
    }
  }

  @Test
  void manyOfEverything_staysWithinSlacksLimits() {
    List<Fact> facts = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    List<Button> buttons = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      facts.add(Fact.of("Fact " + i, "value " + i));
      sections.add(Section.of("Heading " + i, "words ".repeat(40)));
      buttons.add(Button.of("Button " + i, "ack", "token-" + i));
    }
    BotMessage message =
        BotMessage.card("Many.", "Many")
            .withFacts(facts)
            .withSections(sections)
            .withButtons(buttons);
    JsonNode json = seen(message).json();
    assertTrue(json.size() <= 50);
    assertEquals("actions", json.get(json.size() - 1).path("type").asText());
    assertTrue(json.toString().contains("This message was shortened."), json.toString());
  }

  @Test
  void longMessage_isShortenedLogsFirst_andSaysWhereTheRestIs() {
    About about = new About("INC-7", "https://muster.example/incidents/INC-7");
    BotMessage message =
        BotMessage.card("Long.", "Long")
            .withSections(
                List.of(
                    new Section("Said", Phrase.of("quote ".repeat(900)), Section.Style.QUOTE),
                    Section.of("Text", "text ".repeat(1_000)),
                    new Section("Log", Phrase.of("log ".repeat(9_000)), Section.Style.CODE)))
            .withAbout(about);
    Seen shown = seen(message);
    assertTrue(shown.words().contains("text ".repeat(1_000).strip().substring(2_950)), "text");
    assertEquals(900, shown.words().split("quote", -1).length - 1);
    assertTrue(shown.words().split("log", -1).length < 500, "logs give way first");
    assertTrue(
        shown.json().toString().contains("<" + about.url() + "|Read all of it"),
        shown.json().toString());
  }

  @Test
  void text_ofSeveralBlocks_goesOnInTheNextWithoutLosingAWord() {
    String text = "payments fail ".repeat(800).strip();
    Seen shown = seen(BotMessage.line(text));
    assertEquals(4, shown.json().size());
    assertEquals(text, shown.words().replace('\n', ' '));
  }

  @Test
  void edit_thatChangesAnything_getsNewBlockNames_andTheSameMessageTheSame() {
    BotMessage one = BotMessage.card("One.", "Card").withFacts(List.of(Fact.of("Status", "a")));
    BotMessage two = one.withFacts(List.of(Fact.of("Status", "b")));
    assertEquals(blockIds(one), blockIds(one));
    assertTrue(Collections.disjoint(blockIds(one), blockIds(two)));
    assertEquals(2, new HashSet<>(blockIds(one)).size());
  }

  private static List<String> blockIds(BotMessage message) {
    return seen(message).json().findValuesAsText("block_id");
  }

  @Test
  void dangerousButton_isNeverFirstNorBesideTheExpectedOne() {
    Button danger = new Button("Run", "run", "t1", Button.Style.DANGER, Optional.empty());
    Button primary = new Button("Ok", "ok", "t2", Button.Style.PRIMARY, Optional.empty());
    BotMessage both = BotMessage.card("Both.", "Both").withButtons(List.of(danger, primary));
    JsonNode rows = seen(both).json();
    assertEquals("t2", rows.at("/2/elements/0/value").asText());
    assertEquals("t1", rows.at("/3/elements/0/value").asText());
    BotMessage three = both.withButtons(List.of(danger, Button.of("No", "no", "t3"), primary));
    assertEquals(List.of("t2", "t3", "t1"), seen(three).json().findValuesAsText("value"));
  }

  @Test
  void button_ofAnIncident_tellsScreenReadersWhich() {
    BotMessage message =
        BotMessage.card("Card.", "Card")
            .withButtons(List.of(Button.of("Escalate", "escalate", "t")))
            .withAbout(new About("INC-7", "https://muster.example/incidents/INC-7"));
    assertEquals("Escalate, INC-7", seen(message).json().findValue("accessibility_label").asText());
  }

  @Test
  void linkInSmallPrint_isALink_andNeverSaysAnotherAddress() {
    String url = "https://muster.example/incidents/INC-7?a=1&b=2";
    Phrase phrase =
        Phrase.of(
            new Span.Words("See "),
            new Span.Link("what is stored", url),
            new Span.Link("https://bank.example", url));
    String json =
        seen(BotMessage.card("See.", "See")
                .withSections(List.of(new Section("", phrase, Section.Style.NOTE))))
            .json()
            .toString();
    assertTrue(json.contains("<" + url.replace("&", "&amp;") + "|what is stored>"), json);
    assertFalse(json.contains("bank.example"), json);
  }

  @Test
  void text_withMarkup_isShownAsTyped() {
    String text = "a < b & c > d *x* _y_ ~z~ `q` :fire: https://a.example # 1. \\ &amp;";
    Seen card = seen(everywhere(text));
    assertEquals(text, seen(BotMessage.line(text)).words());
    assertTrue(card.words().contains(text + "\n"), card.words());
  }

  @Test
  void mention_onPurpose_notifiesThatPersonOnce() {
    BotMessage line = BotMessage.line("Please look.").withMentions(List.of(ADA));
    assertEquals(List.of("U01ADA"), seen(line).notified());
    BotMessage card = everywhere("x").withMentions(List.of(ADA));
    assertEquals(List.of("U01ADA"), seen(card).notified());
    Person elsewhere = new Person(new UserRef("teams", "29:1"), "Li");
    assertEquals(List.of(), seen(line.withMentions(List.of(elsewhere))).notified());
  }

  @Test
  void instant_inAFact_isADateTokenWithUtcBesideIt() {
    BotMessage message =
        BotMessage.card("Started.", "INC-1").withFacts(List.of(new Fact("Started", Phrase.of(AT))));
    String json = seen(message).json().toString();
    assertTrue(
        json.contains("<!date^1795179900^{date_short_pretty} {time}|2026-11-20 13:05 UTC>"), json);
    assertTrue(json.contains("(13:05 UTC)"), json);
    BotMessage section =
        BotMessage.card("Started.", "INC-1")
            .withSections(List.of(new Section("", Phrase.of(AT), Section.Style.PLAIN)));
    assertTrue(seen(section).json().toString().contains("\"timestamp\":1795179900"));
  }

  @Test
  void link_thatIsNoWebAddress_isWordsOnly() {
    for (String url : List.of("javascript:alert(1)", "file:///etc/passwd", "slack://x", "")) {
      BotMessage message =
          BotMessage.card("Link.", "Link")
              .withSections(
                  List.of(
                      new Section("", Phrase.of(new Span.Link("here", url)), Section.Style.PLAIN)));
      assertFalse(seen(message).json().toString().contains("\"link\""), url);
    }
  }

  @Test
  void tone_ofATitleWithItsOwnSign_addsNone() {
    BotMessage urgent =
        BotMessage.card("SEV1 declared.", "🔴 SEV1 · INC-1").withTone(BotMessage.Tone.URGENT);
    assertTrue(seen(urgent).words().startsWith("🔴 SEV1"), seen(urgent).words());
  }

  @Test
  void tone_isShownByShapeInTheTitle() {
    BotMessage urgent = BotMessage.card("SEV1 declared.", "INC-1").withTone(BotMessage.Tone.URGENT);
    assertTrue(seen(urgent).words().startsWith("🚨 INC-1"), seen(urgent).words());
  }

  @Test
  void line_thatAParagraphSaysToo_isShownOnce() {
    BotMessage message =
        BotMessage.line("Ada set the call: https://meet.example.com/x")
            .withSections(List.of(Section.of("Ada set the call: here")));

    Rendered rendered = MessageRenderer.render(message);

    assertFalse(rendered.blocks().toString().contains("meet.example.com"), rendered.toString());
    assertTrue(rendered.text().contains("meet.example.com"), rendered.text());
  }

  @Test
  void text_ofEveryMessage_isTheWholeSentence() {
    Rendered rendered =
        MessageRenderer.render(BotMessage.card("SEV2 INC-1 is <investigating>.", "INC-1"));
    assertEquals("SEV2 INC-1 is &lt;investigating&gt;.", rendered.text());
  }

  @Test
  void form_withHostileAndLongWords_staysWithinSlacksLimits() {
    for (String text : List.of("x".repeat(5_000), "<!channel> & *b*", "🔥".repeat(900), "ok")) {
      List<Form.Option> options = new ArrayList<>();
      for (int i = 0; i < 130; i++) {
        options.add(new Form.Option("v" + i, text + i));
      }
      List<Form.Field> fields = new ArrayList<>();
      for (Form.Kind kind : Form.Kind.values()) {
        fields.add(new Form.Field(kind.name(), text, kind, true, text, text, options, 100_000));
      }
      var window = Seen.window(FormRenderer.render(new Form("t", text, text, text, fields), "m"));
      assertEquals(6, window.path("blocks").size());
    }
  }

  @Test
  void initialValues_ofAForm_areFilledIn() {
    List<Form.Option> options =
        List.of(new Form.Option("SEV1", "one"), new Form.Option("SEV2", "two"));
    Form form =
        new Form(
            "t",
            "Declare",
            "Declare",
            "",
            List.of(
                new Form.Field("title", "Title", Form.Kind.LINE, true, "", "db", List.of(), 100),
                new Form.Field("sev", "Severity", Form.Kind.CHOICE, true, "", "SEV2", options, 4),
                new Form.Field(
                    "private", "Private", Form.Kind.TICK, false, "", "true", List.of(), 5),
                new Form.Field(
                    "ic",
                    "Commander",
                    Form.Kind.PERSON,
                    false,
                    "",
                    "<@slack:U01ADA>",
                    List.of(),
                    9)));
    String json = Seen.window(FormRenderer.render(form, "")).toString();
    assertTrue(json.contains("\"initial_value\":\"db\""), json);
    assertTrue(json.contains("\"initial_user\":\"U01ADA\""), json);
    assertTrue(json.contains("\"initial_options\""), json);
    assertTrue(json.contains("\"initial_option\""), json);
  }
}
