// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Secret;
import java.util.List;
import java.util.Locale;

/**
 * A monitoring system that sends alerts to {@code /alerts/NAME}.
 *
 * @param name the name in the address; lower-case letters, digits, dash and underscore
 * @param kind how its body is read
 * @param token what it must present; blank means that only loopback may send
 * @param fields where a generic body holds what; unused by other kinds
 * @param resolved words in the status field that mean the trouble is over, compared in any case
 */
public record AlertSource(
    String name,
    Kind kind,
    @Default("") Secret token,
    JsonFields fields,
    @Default("[resolved, ok, closed, recovered, normal]") List<String> resolved) {

  /** How a body is read. */
  public enum Kind {
    /** The webhook of Prometheus Alertmanager, version 4. */
    ALERTMANAGER,
    /** Any JSON, by the pointers in {@link AlertSource#fields()}. */
    GENERIC
  }

  /** Refuses names that cannot stand in an address. */
  public AlertSource {
    if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException(
          "name has lower-case letters, digits, '-' and '_', for example alertmanager");
    }
  }

  /** Returns whether this word in the status field means that the trouble is over. */
  public boolean meansResolved(String status) {
    String word = status.strip().toLowerCase(Locale.ROOT);
    return resolved.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(word));
  }

  /**
   * Where a generic body holds what, as JSON pointers (RFC 6901). What is not there is taken as
   * absent; a blank pointer is never looked up.
   *
   * @param items the list of alerts; empty when the body itself is one alert or a list of them
   * @param key what makes two alerts the same, within one alert; absent: the labels do
   * @param title what is wrong in one line
   * @param status firing or resolved; absent means firing
   * @param severity copied to the label {@code severity}
   * @param service copied to the label {@code service}
   * @param description more words
   * @param url a page about it
   * @param startsAt since when, ISO-8601 or seconds or milliseconds since 1970
   * @param labels an object of texts
   */
  public record JsonFields(
      @Default("") String items,
      @Default("/key") String key,
      @Default("/title") String title,
      @Default("/status") String status,
      @Default("/severity") String severity,
      @Default("/service") String service,
      @Default("/description") String description,
      @Default("/url") String url,
      @Default("/starts-at") String startsAt,
      @Default("/labels") String labels) {

    /** Refuses what is no JSON pointer. */
    public JsonFields {
      pointer("items", items);
      pointer("key", key);
      pointer("title", title);
      pointer("status", status);
      pointer("severity", severity);
      pointer("service", service);
      pointer("description", description);
      pointer("url", url);
      pointer("starts-at", startsAt);
      pointer("labels", labels);
    }

    private static void pointer(String name, String value) {
      boolean escapes = value.replaceAll("~[01]", "").indexOf('~') < 0;
      if (!escapes || (!value.isEmpty() && value.charAt(0) != '/')) {
        throw new IllegalArgumentException(
            name + " is a JSON pointer: it begins with /, for example /alert/title");
      }
    }
  }
}
