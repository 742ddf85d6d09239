// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.Accounts.Account;
import dev.muster.incident.IncidentId;
import dev.muster.readmodel.OperatorNotices.Shown;
import dev.muster.readmodel.Viewer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody asks for a page.
 *
 * @param request what is asked
 * @param viewer who asks
 * @param links addresses as this viewer follows them
 * @param notices what needs an operator now
 * @param account who is signed in, if somebody is
 */
record Visit(
    RouteRequest request,
    Viewer viewer,
    Links links,
    List<Shown> notices,
    Optional<Account> account) {

  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:]{2,45}])(?::[0-9]{1,5})?");

  /** Whoever is signed in needs no name in addresses. */
  static Visit of(
      RouteRequest request, Viewer viewer, List<Shown> notices, Optional<Account> account) {
    Optional<String> as = account.isPresent() ? Optional.empty() : viewer.user().map(UserRef::id);
    return new Visit(request, viewer, new Links(as), notices, account);
  }

  /** Returns a query parameter without space around it; empty when it is absent. */
  String query(String name) {
    return request.query(name).map(String::strip).orElse("");
  }

  /** Returns a query parameter that counts; empty when it is absent or no number. */
  Optional<Long> number(String name) {
    String text = query(name);
    return text.matches("[0-9]{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** Returns the incident that the path names. */
  Optional<IncidentId> incident() {
    return IncidentId.parse(request.pathPart("id"));
  }

  /** Returns where this visitor reaches us, for commands to copy. */
  String origin() {
    String host =
        request
            .header("Host")
            .filter(name -> HOST.matcher(name).matches())
            .orElse("localhost:8080");
    String name = host.replaceFirst(":[0-9]+$", "");
    boolean loopback = name.equals("localhost") || name.equals("[::1]") || name.startsWith("127.");
    return (loopback ? "http://" : "https://") + host;
  }
}
