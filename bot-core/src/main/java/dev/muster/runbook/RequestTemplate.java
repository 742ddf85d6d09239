// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a webhook step that hold names, checked once and filled for each run. */
final class RequestTemplate {

  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(?i)(^|/)(\\.|%2e){1,2}(/|$)", Pattern.DOTALL);

  /** Set by us or by the transport; a runbook that sets them would forge or break a call. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "idempotency-key",
          "x-muster-run",
          "x-muster-callback");

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CONTENT_TYPE = "content-type";

  private RequestTemplate() {}

  /**
   * Checks address, headers and body of a webhook step.
   *
   * @throws IllegalArgumentException with a sentence that names the mend
   */
  static void check(String step, String url, Map<String, String> headers, String body) {
    checkUrl("step " + step + ": ", url);
    headers.forEach((name, value) -> checkHeader("step " + step + ": ", name, value));
    Template template = Template.parse(body);
    Runbook.require(
        template.names().isEmpty() || isJson(headers, body) || isForm(headers),
        "step "
            + step
            + ": names in a body need a JSON body, or the header Content-Type: "
            + FORM
            + ", so that values can be written safely");
  }

  /** Returns all names a webhook step uses. */
  static Set<String> names(Step step) {
    Set<String> names = new TreeSet<>(Template.parse(step.url()).names());
    step.headers().values().forEach(value -> names.addAll(Template.parse(value).names()));
    names.addAll(Template.parse(step.body()).names());
    return names;
  }

  /** Fills a checked step with values. */
  static Verdict<RenderedRequest> render(Step step, TemplateValues values) {
    Filler filler = new Filler(step.id(), values);
    String url = renderUrl(step, filler);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    step.headers().forEach((name, value) -> headers.put(name, filler.fill(value, Encoding.HEADER)));
    String body =
        isForm(step.headers())
            ? filler.fill(step.body(), Encoding.URL)
            : filler.fillJson(step.body());
    if (!body.isEmpty()) {
      String type = isJson(step.headers(), step.body()) ? "application/json" : "text/plain";
      headers.putIfAbsent("Content-Type", type + "; charset=utf-8");
    }
    return filler
        .problem()
        .map(Verdict::<RenderedRequest>reject)
        .orElseGet(() -> Verdict.accept(new RenderedRequest(step.method(), url, headers, body)));
  }

  private static String renderUrl(Step step, Filler filler) {
    int query = step.url().indexOf('?');
    String path = query < 0 ? step.url() : step.url().substring(0, query);
    String rest = query < 0 ? "" : step.url().substring(query);
    String filled = filler.fill(path, Encoding.PATH);
    Matcher matcher = URL.matcher(filled);
    if (matcher.matches() && DOT_SEGMENT.matcher(matcher.group(3)).find()) {
      filler.refuse(
          new Rejection(
              "bad_value",
              "A value in the address of step " + step.id() + " is only dots.",
              "Give the name of something."));
    }
    return filled + filler.fill(rest, Encoding.URL);
  }

  private static void checkUrl(String where, String url) {
    Matcher matcher = URL.matcher(url);
    Runbook.require(
        matcher.matches(),
        where
            + "url must begin with https:// or http:// and be complete, for example"
            + " https://deploy.example.com/rollback/{{service}}");
    Runbook.require(
        AUTHORITY.matcher(matcher.group(2)).matches(),
        where
            + "the host of an url is a plain name or address with an optional port: no names in"
            + " braces, no user, no secret");
    Runbook.require(matcher.group(5) == null, where + "an url for a call has no # part");
    Runbook.require(
        !url.contains("${"), where + "secrets go into headers or the body, never into the url");
    String literal =
        Template.parse(url).pieces().stream()
            .filter(piece -> !piece.named())
            .map(Template.Piece::text)
            .reduce("", String::concat);
    Runbook.require(
        literal
            .chars()
            .allMatch(letter -> letter > ' ' && letter < 0x7f && "\\{}<>\"^`|".indexOf(letter) < 0),
        where + "write spaces and special characters of an url as %20 and so on");
    checkQuery(where, matcher.group(4));
  }

  private static void checkQuery(String where, String query) {
    if (query == null) {
      return;
    }
    for (String pair : query.substring(1).split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      Runbook.require(
          !name.contains("{{"), where + "names in braces stand behind an = in the query");
    }
  }

  private static void checkHeader(String where, String name, String value) {
    Runbook.require(
        HEADER_NAME.matcher(name).matches(), where + "'" + name + "' is no name of a header");
    Runbook.require(
        !RESERVED.contains(name.toLowerCase(Locale.ROOT)),
        where + "the header " + name + " is set by Muster; remove it");
    Runbook.require(
        value.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f),
        where + "the header " + name + " must be plain ASCII in one line");
    Template.parse(value);
  }

  private static boolean isForm(Map<String, String> headers) {
    return contentType(headers).startsWith(FORM);
  }

  private static boolean isJson(Map<String, String> headers, String body) {
    String type = contentType(headers);
    if (type.isEmpty()) {
      String start = body.stripLeading();
      return start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
    }
    return type.contains("json");
  }

  private static String contentType(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(CONTENT_TYPE))
        .map(entry -> entry.getValue().strip().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }
}
