// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.RouteHandler;
import dev.muster.http.spi.PagesFactory.Routes;
import dev.muster.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * What an adapter is handed.
 *
 * @param clock the clock
 * @param ids identifiers
 * @param executor for the adapter's own work
 * @param telemetry counters
 * @param http the shared outgoing client
 * @param memory the adapter's records
 * @param files where uploads lie
 * @param publicAddress where people reach the program; known once it listens
 * @param isLocalOnly whether the server listens on loopback alone
 * @param settings the adapter's part of the configuration in force, if it is switched on there
 * @param routes where inbound routes are registered
 */
public record PlatformParts(
    InstantSource clock,
    Supplier<String> ids,
    ScheduledExecutorService executor,
    Telemetry telemetry,
    OkHttpClient http,
    Memory memory,
    Path files,
    Supplier<String> publicAddress,
    boolean isLocalOnly,
    Supplier<Optional<Record>> settings,
    Routes routes)
    implements PlatformRuntime {

  @Override
  public String publicUrl() {
    return publicAddress.get();
  }

  @Override
  public <C extends Record> Optional<C> reloaded(Class<C> type) {
    return settings.get().filter(type::isInstance).map(type::cast);
  }

  @Override
  public void route(String method, String path, RouteHandler handler) {
    routes.route(method, path, handler);
  }
}
