// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.muster.webhook.SecretRef;
import dev.muster.webhook.WebhookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts secrets into one request and remembers them, to mask them in the answer: as they are, and as
 * they are written within JSON and forms, because targets echo what they were sent. One thread.
 */
final class SecretFilling {

  /** Two dollar signs write a plain one that is no reference. */
  private static final Pattern REFERENCE = Pattern.compile("\\$?\\$\\{([^}]*)}");

  /** Shorter secrets are not masked in answers: they would turn every text into stars. */
  private static final int SHORTEST_MASKED = 4;

  private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

  private final SecretSource source;
  private final Set<String> used =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  SecretFilling(SecretSource source) {
    this.source = source;
  }

  /**
   * A secret that is missing or cannot stand in its place; the message names it, never shows it.
   */
  static final class Unusable extends Exception {
    Unusable(String sentence) {
      super(sentence);
    }
  }

  Map<String, String> headers(WebhookRequest request) throws Unusable {
    Map<String, String> filled = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String value = fill(header.getValue(), UnaryOperator.identity());
      if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 0x7f)) {
        throw new Unusable(
            "The secret in the header " + header.getKey() + " is not one line of plain ASCII.");
      }
      filled.put(header.getKey(), value);
    }
    return filled;
  }

  String body(WebhookRequest request) throws Unusable {
    String type =
        request.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
            .map(header -> header.getValue().toLowerCase(Locale.ROOT))
            .findFirst()
            .orElse("");
    if (type.contains("json")) {
      return fill(request.body(), SecretFilling::inJson);
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return fill(request.body(), SecretFilling::inForm);
    }
    return fill(request.body(), UnaryOperator.identity());
  }

  private static String inJson(String secret) {
    return String.valueOf(JSON.quoteAsString(secret));
  }

  private static String inForm(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8);
  }

  /** Other programs write a stroke and a blank in other ways. */
  private void use(String secret) {
    used.add(secret);
    used.add(inJson(secret));
    used.add(inJson(secret).replace("/", "\\/"));
    used.add(inForm(secret));
    used.add(inForm(secret).replace("+", "%20"));
  }

  /** Returns a text with every secret that was put in replaced by stars, the longest first. */
  String masked(String text) {
    String masked = text;
    for (String secret : used) {
      masked = masked.replace(secret, "****");
    }
    return masked;
  }

  /** Remembers the secrets that a text names, as far as they are there. */
  void remember(String text) {
    REFERENCE
        .matcher(text)
        .results()
        .filter(reference -> !reference.group().startsWith("$$"))
        .flatMap(reference -> SecretRef.parse(reference.group(1)).stream())
        .flatMap(reference -> source.find(reference).stream())
        .filter(secret -> secret.length() >= SHORTEST_MASKED)
        .forEach(used::add);
  }

  private String fill(String text, UnaryOperator<String> written) throws Unusable {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String replacement =
          matcher.group().startsWith("$$")
              ? matcher.group().substring(1)
              : written.apply(secret(matcher.group(1)));
      matcher.appendReplacement(filled, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(filled).toString();
  }

  private String secret(String inside) throws Unusable {
    Optional<SecretRef> ref = SecretRef.parse(inside);
    if (ref.isEmpty()) {
      throw new Unusable("${" + inside + "} is no reference; write ${NAME} or ${file:PATH}.");
    }
    String secret =
        source
            .find(ref.get())
            .orElseThrow(
                () -> new Unusable("The secret " + ref.get().name() + " is not there; set it."));
    if (secret.length() >= SHORTEST_MASKED) {
      use(secret);
    }
    return secret;
  }
}
