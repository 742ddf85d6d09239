// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Reads what a running Muster serves. */
final class Reading {

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final Optional<String> token;

  /**
   * @param address of its server, without a path
   * @param token of its API; empty for none
   */
  Reading(URI address, Optional<String> token) {
    this.address = address;
    this.token = token;
  }

  /** Reads a page to its end; anything but 200 fails. */
  String get(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " answers " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
