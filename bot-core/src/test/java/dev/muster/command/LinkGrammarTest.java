// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.parsed;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkGrammarTest {

  @Test
  void link_withAndWithoutLabel_isUnderstood() {
    assertEquals(
        new Outward.ShareLink("https://g.example.com/d?x=1&y#z", Optional.empty()),
        intentOf("link https://g.example.com/d?x=1&y#z"));
    assertEquals(
        new Outward.ShareLink("http://localhost:3000/d", Optional.of("The board <b>")),
        intentOf("link http://localhost:3000/d \"The board <b>\""));
  }

  @Test
  void label_tooLong_isCut() {
    Outward.ShareLink link =
        (Outward.ShareLink) intentOf("link https://a.example.com " + "🔥".repeat(101));
    assertEquals(Optional.of("🔥".repeat(99) + "…"), link.label());
  }

  @Test
  void call_withAndWithoutAddress_setsOrReads() {
    assertEquals(
        new Outward.SetCall("https://meet.example.com/1"),
        intentOf("call https://meet.example.com/1"));
    assertEquals(new Outward.ShowCall(), intentOf("bridge"));
    assertEquals(Scope.READS, parsed("call").scope());
    assertEquals("too_many_words", refusalOf("call https://meet.example.com/1 now").reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "link grafana",
        "link ftp://a.example.com/x",
        "link javascript:alert(1)",
        "link https://",
        "link https://me:secret@a.example.com/",
        "link https://a.example.com/<!channel>",
        "link https://a.example.com/|x",
        "call grafana",
        "call https://a.example.com/\u202Ex"
      })
  void address_thatCannotBeLinked_isRefused(String text) {
    assertEquals("bad_url", refusalOf(text).reason());
  }

  @Test
  void address_tooLong_isRefused() {
    assertEquals("bad_url", refusalOf("link https://a.example.com/" + "a".repeat(2000)).reason());
  }
}
