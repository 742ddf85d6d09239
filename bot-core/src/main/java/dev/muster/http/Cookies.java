// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes cookies. Where people come by https, names begin with {@code __Host-} or {@code
 * __Secure-}, so that neither a neighbouring host nor plain http can put one in their place.
 */
final class Cookies {

  private static final String SESSION = "muster-session";
  private static final String TICKET = "muster-sign-in-";
  private static final String TICKET_PATH = "/sign-in";

  private final boolean secure;

  Cookies(boolean secure) {
    this.secure = secure;
  }

  private String sessionName() {
    return (secure ? "__Host-" : "") + SESSION;
  }

  private String ticketName(String id) {
    return (secure ? "__Secure-" : "") + TICKET + id;
  }

  /** Returns the secret of the session that a browser holds. */
  Optional<String> session(RouteRequest request) {
    return Optional.ofNullable(all(request).get(sessionName())).filter(value -> !value.isEmpty());
  }

  /** Returns the ticket of an attempt to sign in. */
  Optional<String> ticket(RouteRequest request, String id) {
    return Optional.ofNullable(all(request).get(ticketName(id)));
  }

  /** Returns which tickets a browser holds. */
  Set<String> tickets(RouteRequest request) {
    Set<String> ids = new LinkedHashSet<>();
    String prefix = ticketName("");
    for (String name : all(request).keySet()) {
      if (name.startsWith(prefix)) {
        ids.add(name.substring(prefix.length()));
      }
    }
    return ids;
  }

  /** A name that comes twice is nobody's: one of the two was put there by somebody else. */
  private static Map<String, String> all(RouteRequest request) {
    Map<String, String> found = new LinkedHashMap<>();
    Set<String> twice = new LinkedHashSet<>();
    for (String part : request.header("Cookie").orElse("").split("[;,]")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String name = part.substring(0, equals).strip();
        if (found.put(name, part.substring(equals + 1).strip()) != null) {
          twice.add(name);
        }
      }
    }
    found.keySet().removeAll(twice);
    return found;
  }

  String setSession(String secret, Duration life) {
    return line(sessionName(), secret, "/", life);
  }

  String dropSession() {
    return line(sessionName(), "", "/", Duration.ZERO);
  }

  String setTicket(String id, String value, Duration life) {
    return line(ticketName(id), value, TICKET_PATH, life);
  }

  String dropTicket(String id) {
    return line(ticketName(id), "", TICKET_PATH, Duration.ZERO);
  }

  /** Lax: the provider sends the browser back from another site, and no cross-site post may. */
  private String line(String name, String value, String path, Duration life) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + life.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }
}
