// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.util.Optional;
import okhttp3.Response;

/** Reads headers of answers. */
final class Headers {

  private Headers() {}

  static Optional<String> retryAfter(Response response) {
    return Optional.ofNullable(response.header("Retry-After"));
  }
}
