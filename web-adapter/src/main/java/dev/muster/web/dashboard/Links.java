// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.IncidentId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Addresses of pages as one viewer follows them: who the viewer said to be goes along.
 *
 * @param as the viewer's name in the built-in chat; empty when nobody said
 */
record Links(Optional<String> as) {

  /** So many entries stand on one page of a timeline. */
  static final int ENTRIES = 100;

  /**
   * Returns an address of ours.
   *
   * @param path begins with a slash
   * @param query names and values in turn; empty values are left out
   */
  String to(String path, String... query) {
    StringBuilder out = new StringBuilder(path);
    as.ifPresent(name -> append(out, "as", name));
    for (int i = 0; i < query.length; i += 2) {
      if (!query[i + 1].isEmpty()) {
        append(out, query[i], query[i + 1]);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String name, String value) {
    out.append(out.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
    out.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  String incident(IncidentId id) {
    return to("/incidents/" + id);
  }

  String postmortem(IncidentId id) {
    return to("/incidents/" + id + "/postmortem");
  }

  String postmortemText(IncidentId id) {
    return to("/incidents/" + id + "/postmortem.md");
  }

  /** Returns the address of one entry, on the page of the timeline that holds it. */
  String entry(IncidentId id, long seq) {
    long after = (seq - 1) / ENTRIES * ENTRIES;
    return to("/incidents/" + id, "after", String.valueOf(after)) + "#e" + seq;
  }

  String chat() {
    return to("/chat");
  }

  String incidents() {
    return to("/incidents");
  }
}
