// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one table of who may call which route: the first row that fits decides, and a route that no
 * row names is for admins.
 */
final class Permissions {

  /** How a route is guarded. */
  enum Guard {
    /** For everybody. */
    OPEN,
    /** The route checks its callers itself: signatures, tokens of senders. */
    OWN,
    /** JSON of programs and of scripts on our pages. */
    API,
    /** A form of our pages; people who are signed in only. */
    FORM
  }

  /**
   * What a route asks for.
   *
   * @param guard how it is guarded
   * @param needed what its caller must be at least
   */
  record Rule(Guard guard, Level needed) {}

  private record Row(Pattern method, Pattern path, Rule rule) {}

  private static final String READ = "GET|HEAD";
  private static final String ANY = ".*";
  private static final String WRITE = "(?!GET|HEAD).*";

  private static final List<Row> ROWS =
      List.of(
          row(READ, "/(livez|readyz|metrics|status)", Guard.OPEN, Level.VIEWER),
          row(READ, "/assets/.*", Guard.OPEN, Level.VIEWER),
          row(READ, "/sign-in(/(start|callback|leave))?", Guard.OPEN, Level.VIEWER),
          row(ANY, "/(alerts|hooks|slack)/.*", Guard.OWN, Level.VIEWER),
          row(ANY, "/api/messages.*", Guard.OWN, Level.VIEWER),
          row(ANY, "/api/v1/(tokens|sessions)(/.*)?", Guard.API, Level.ADMIN),
          row(READ, "/account/(tokens|everybody)", Guard.API, Level.ADMIN),
          row(WRITE, "/account/(tokens|everybody)(/.*)?", Guard.FORM, Level.ADMIN),
          row(WRITE, "/(sign-out|account/.*)", Guard.FORM, Level.VIEWER),
          row(WRITE, "/api/v1/chat/.*", Guard.API, Level.RESPONDER),
          row(READ, ANY, Guard.API, Level.VIEWER));

  private static final Rule OTHERWISE = new Rule(Guard.API, Level.ADMIN);

  private Permissions() {}

  private static Row row(String method, String path, Guard guard, Level needed) {
    return new Row(Pattern.compile(method), Pattern.compile(path), new Rule(guard, needed));
  }

  /** Returns what a call asks for; a slash at the end changes nothing, as it leads to the same. */
  static Rule of(String method, String asked) {
    String path = asked.replaceFirst("(?<=.)/+$", "");
    Optional<Row> first =
        ROWS.stream()
            .filter(row -> row.method().matcher(method).matches())
            .filter(row -> row.path().matcher(path).matches())
            .findFirst();
    return first.map(Row::rule).orElse(OTHERWISE);
  }

  /** Returns whether a method changes something. */
  static boolean writes(String method) {
    return !method.equals("GET") && !method.equals("HEAD");
  }
}
