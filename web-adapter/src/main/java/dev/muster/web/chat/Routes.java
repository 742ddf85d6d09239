// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import java.io.IOException;

/** Registers the chat's routes so that every refusal is answered and counted in one way. */
final class Routes {

  private final PlatformRuntime runtime;

  Routes(PlatformRuntime runtime) {
    this.runtime = runtime;
  }

  /** Answers one kind of call, or refuses it. */
  interface Handler {
    RouteAnswer handle(RouteRequest request) throws IOException, Refusal;
  }

  void add(String method, String path, Handler handler) {
    runtime.route(
        method,
        path,
        request -> {
          try {
            return handler.handle(request);
          } catch (Refusal refusal) {
            runtime
                .telemetry()
                .count(
                    "muster_chat_refused_total",
                    "platform",
                    Mentions.PLATFORM,
                    "reason",
                    refusal.code());
            return refusal.answer();
          }
        });
  }
}
