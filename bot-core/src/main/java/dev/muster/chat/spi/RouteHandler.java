// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

/** Handles one kind of inbound HTTP call on a thread of the server. */
@FunctionalInterface
public interface RouteHandler {

  /**
   * Answers a request. An exception becomes a 500 with a constant text.
   *
   * @param request the request, body not yet read
   * @throws java.io.IOException when the body cannot be read
   */
  RouteAnswer handle(RouteRequest request) throws java.io.IOException;
}
