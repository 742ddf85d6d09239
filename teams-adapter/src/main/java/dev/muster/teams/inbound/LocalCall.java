// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.spi.RouteRequest;
import dev.muster.teams.client.HostGuard;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Says of an unsigned call in a trial whether a program of this machine makes it. The server
 * listens on loopback only; what is left are pages in a browser of this machine, which always name
 * their origin, and proxies, which name whom they forward or keep a foreign host. Pure.
 */
final class LocalCall {

  private static final List<String> FOREIGN =
      List.of("origin", "forwarded", "x-forwarded-for", "x-forwarded-host", "via");

  private LocalCall() {}

  static boolean is(RouteRequest request) {
    boolean plain = FOREIGN.stream().noneMatch(name -> request.header(name).isPresent());
    return plain && request.header("host").map(LocalCall::isHere).orElse(true);
  }

  private static boolean isHere(String host) {
    HttpUrl url = HttpUrl.parse("http://" + host + "/");
    return url != null && HostGuard.isLoopback(url.host());
  }
}
