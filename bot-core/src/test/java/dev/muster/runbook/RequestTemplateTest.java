// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.FACTS;
import static dev.muster.runbook.RunbookFixtures.accepted;
import static dev.muster.runbook.RunbookFixtures.rejection;
import static dev.muster.runbook.RunbookFixtures.rollback;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTemplateTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource({
    "'a/b', a%2Fb",
    "'a b', a%20b",
    "'%0d%0a', %250d%250a",
    "'../x', ..%2Fx",
    "'a?b=c#d', a%3Fb%3Dc%23d",
    "'é', %C3%A9",
    "'@evil.example', %40evil.example",
    "'${HOME}', %24%7BHOME%7D"
  })
  void value_inAPath_staysOneSegment(String value, String written) {
    Step step = webhook("call", "https://example.com/v/{{version}}/go", null, null);

    assertEquals("https://example.com/v/" + written + "/go", filled(step, value).url());
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", ""})
  void value_thatWouldMoveThePath_isRefused(String value) {
    Step step = webhook("call", "https://example.com/v/{{version}}", null, null);

    assertEquals("bad_value", rejection(fill(step, value)).reason());
  }

  @Test
  void values_thatTogetherAreDots_areRefused() {
    Step step = webhook("call", "https://example.com/{{version}}{{version}}/x", null, null);

    assertEquals("bad_value", rejection(fill(step, ".")).reason());
  }

  @Test
  void value_inAQuery_staysOneValue() {
    Step step = webhook("call", "https://example.com/?to={{version}}&x=1", null, null);

    assertEquals("https://example.com/?to=a%26x%3D2&x=1", filled(step, "a&x=2").url());
  }

  @Test
  void value_inJson_staysTextWhateverItHolds() throws JsonProcessingException {
    Step step =
        webhook("call", "https://example.com/", null, "{\"a\": \"x{{version}}y\", \"b\": 1}");
    Random random = new Random(42);
    String alphabet = "\"\\{}[]:,$\n\r\t\u0000\u2028/é😀 ab1";

    for (int i = 0; i < 2_000; i++) {
      StringBuilder value = new StringBuilder();
      random.ints(8, 0, alphabet.length()).forEach(at -> value.append(alphabet.charAt(at)));
      String body = filled(step, value.toString()).body();
      JsonNode tree = JSON.readTree(body);
      assertEquals(2, tree.size(), body);
      assertEquals("x" + value + "y", tree.get("a").textValue());
      assertFalse(body.contains("${"), body);
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 12", "-1.5, -1.5", "true, true"})
  void value_inJsonWithoutQuotes_isANumberOrBoolean(String value, String written) {
    Step step = webhook("call", "https://example.com/", null, "{\"n\": {{version}}}");

    assertEquals("{\"n\": " + written + "}", filled(step, value).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1, \"admin\": true", "abc", "", "01", "1e5", "\"x\"", "[]"})
  void value_inJsonWithoutQuotes_otherwise_isRefused(String value) {
    Step step = webhook("call", "https://example.com/", null, "{\"n\": {{version}}}");

    assertEquals("bad_value", rejection(fill(step, value)).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "é", "${HOME}", "x$", "\u0000"})
  void value_inAHeader_thatIsNoPlainLine_isRefused(String value) {
    Step step = webhook("call", "https://example.com/", Map.of("X-To", "{{version}}"), null);

    assertEquals("bad_value", rejection(fill(step, value)).reason());
  }

  @Test
  void value_inAForm_staysOneValue() {
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");
    Step step = webhook("call", "https://example.com/", form, "to={{version}}&ref=main");

    assertEquals("to=a%26b%3Dc&ref=main", filled(step, "a&b=c").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{7*7}}", "{{incident.title}}", "${jndi:ldap://x}", "#{1}", "<%= 1 %>"})
  void value_thatLooksLikeATemplate_isNotFilledAgain(String value) throws JsonProcessingException {
    Step step = webhook("call", "https://example.com/", null, "{\"a\": \"{{version}}\"}");

    assertEquals(value, JSON.readTree(filled(step, value).body()).get("a").textValue());
  }

  @Test
  void names_notKnown_areAllListed() {
    Step step = webhook("call", "https://example.com/{{steps.a.x}}", null, "[\"{{steps.b.y}}\"]");

    String text = rejection(fill(step, "1")).text();

    assertTrue(text.contains("steps.a.x, steps.b.y"), text);
    assertTrue(text.contains("incident.severity"), text);
  }

  @Test
  void facts_inLongAndShortForm_areFilled() {
    Step step =
        webhook("call", "https://example.com/{{incident.number}}/{{severity}}/{{id}}", null, null);

    assertEquals("https://example.com/7/SEV2/INC-7", filled(step, "1").url());
  }

  @Test
  void body_withoutContentType_saysThatItIsJson() {
    Step step = webhook("call", "https://example.com/", null, "{}");

    assertEquals(
        "application/json; charset=utf-8", filled(step, "1").headers().get("Content-Type"));
  }

  @Test
  void request_tooLongToRead_isRefused() {
    Step step =
        webhook("call", "https://example.com/", null, "[\"" + "{{version}}".repeat(60) + "\"]");

    assertEquals("too_long", rejection(fill(step, "x".repeat(900))).reason());
  }

  @Test
  void maskedRequest_withSecretReferences_showsStars() {
    Map<String, String> headers = Map.of("Authorization", "Bearer ${TOKEN}", "X-Plain", "1");
    Step step = webhook("call", "https://example.com/", headers, "{\"k\": \"${file:/run/key}\"}");

    RenderedRequest shown = filled(step, "1").masked();

    assertEquals("Bearer ****", shown.headers().get("Authorization"));
    assertEquals("1", shown.headers().get("X-Plain"));
    assertEquals("{\"k\": \"****\"}", shown.body());
  }

  @Test
  void anyValue_inAnUrl_leavesTheHostAlone() {
    Step step = webhook("call", "https://example.com/{{version}}?q={{version}}", null, null);
    Random random = new Random(7);

    for (int i = 0; i < 1_000; i++) {
      StringBuilder value = new StringBuilder("v");
      random.ints(10, 0, 0x2100).forEach(value::appendCodePoint);
      assertEquals("example.com", URI.create(filled(step, value.toString()).url()).getHost());
    }
  }

  @Test
  void value_thatWasTakenOutAsASecret_isNotSent() {
    Rejection parameter = rejection(fill(rollback(), "[redacted random text]"));
    assertEquals("redacted_value", parameter.reason());
    assertTrue(parameter.text().contains("parameter version"), parameter.text());
    assertTrue(parameter.text().contains("${file:"), parameter.text());

    String output = "steps.open.lease";
    for (String url : List.of("http://a.example/{{" + output + "}}", "http://a.example/x")) {
      Step step = webhook("close", url, Map.of("X-Lease", "{{" + output + "}}"), "");
      Rejection refused =
          rejection(
              RequestTemplate.render(step, FACTS.with(Map.of(output, "a [redacted token] b"))));
      assertTrue(refused.text().contains("output steps.open.lease"), refused.text());
    }
  }

  @Test
  void title_thatHeldASecret_isSentAsItStandsEverywhere() {
    Step step = webhook("tell", "http://a.example/x", Map.of(), "{\"t\": \"{{incident.title}}\"}");
    Map<String, String> title = Map.of("incident.title", "leak of [redacted token]");
    assertTrue(
        accepted(RequestTemplate.render(step, FACTS.with(title))).body().contains("[redacted"));
  }

  private static Verdict<RenderedRequest> fill(Step step, String version) {
    return RequestTemplate.render(step, FACTS.with(Map.of("version", version)));
  }

  private static RenderedRequest filled(Step step, String version) {
    return accepted(fill(step, version));
  }
}
