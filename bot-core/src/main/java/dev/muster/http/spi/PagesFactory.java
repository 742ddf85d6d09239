// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.spi;

import dev.muster.chat.spi.RouteHandler;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.readmodel.Viewer;
import java.util.Optional;
import java.util.function.Function;

/** Contributes pages; found by {@link java.util.ServiceLoader}. */
public interface PagesFactory {

  /** Registers the pages' routes; called once, before the server starts. */
  void contribute(Site site);

  /**
   * What pages may use.
   *
   * @param views what may be seen
   * @param notices what needs an operator
   * @param viewer finds out who looks
   * @param accounts who is signed in, where people sign in
   * @param routes where routes are registered
   */
  record Site(
      IncidentViews views,
      OperatorNotices notices,
      Function<RouteRequest, Viewer> viewer,
      Optional<Accounts> accounts,
      Routes routes) {}

  /** Where routes are registered. */
  interface Routes {
    /** Registers a route; {@code {name}} in the path stands for one part. */
    void route(String method, String path, RouteHandler handler);

    /** Answers browsers that ask for an address without a route; programs get JSON. */
    void otherwise(RouteHandler handler);
  }
}
