// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** What the application hands to an adapter; the adapter starts no server and reads no clock. */
public interface PlatformRuntime {

  /** Returns the clock. */
  InstantSource clock();

  /** Returns a source of unguessable, time-ordered identifiers (ULID-like, 26 characters). */
  Supplier<String> ids();

  /** Returns an executor for the adapter's own short or periodic work; its owner stops it. */
  ScheduledExecutorService executor();

  /** Returns where counters and gauges go. */
  Telemetry telemetry();

  /** Returns the one shared outgoing client: no redirects, no silent repeats. */
  OkHttpClient http();

  /** Returns this adapter's records in the main store. */
  Memory memory();

  /** Returns a folder for files people upload; inside the backup. */
  Path files();

  /** Returns the address under which people reach this program, without a trailing slash. */
  String publicUrl();

  /**
   * Returns the adapter's settings as a reload of the configuration brought them, checked like the
   * first; empty while those are in force that the adapter was created with. An adapter heeds of
   * them what it can take over without a restart, such as a new token.
   *
   * @param type the adapter's record
   */
  default <C extends Record> Optional<C> reloaded(Class<C> type) {
    return Optional.empty();
  }

  /**
   * Returns whether the inbound routes are reached from this machine alone. Where nobody says so,
   * they are not.
   */
  default boolean isLocalOnly() {
    return false;
  }

  /** Registers an inbound route; allowed only while the adapter is being created. */
  void route(String method, String path, RouteHandler handler);
}
