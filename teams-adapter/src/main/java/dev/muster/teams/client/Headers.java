// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import okhttp3.Response;

/** Reads headers of answers. */
final class Headers {

  private Headers() {}

  /** Returns the other side's time, if it told it in the usual form. */
  static Optional<Instant> date(Response response) {
    return Optional.ofNullable(response.headers().getDate("Date")).map(Date::toInstant);
  }
}
