// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.server.Request;

/** A request of a program as routes see it, without anything of servlets; it has no query. */
final class DirectRequest implements RouteRequest, FromSomewhere {

  private final Request request;
  private final ArrivingBody body;
  private final String partName;
  private final String part;

  /**
   * @param body all of it
   * @param partName the name of the last part of the path; empty when it has none
   * @param part what stands there, written without escapes
   */
  DirectRequest(Request request, ArrivingBody body, String partName, String part) {
    this.request = request;
    this.body = body;
    this.partName = partName;
    this.part = part;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public String pathPart(String name) {
    if (partName.isEmpty() || !name.equals(partName)) {
      throw new NoSuchElementException("this path has no part " + name);
    }
    return part;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    List<String> lines = request.getHeaders().getValuesList(name);
    return switch (lines.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(lines.get(0));
      default -> Optional.of(String.join(", ", lines));
    };
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> lower = new TreeMap<>();
    for (String name : request.getHeaders().getFieldNamesCollection()) {
      header(name).ifPresent(value -> lower.put(name.toLowerCase(Locale.ROOT), value));
    }
    return lower;
  }

  /** What is longer was small enough to be taken in all the same. */
  @Override
  public Optional<byte[]> body(int limit) throws IOException {
    byte[] bytes = body.bytes();
    return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
  }

  @Override
  public InputStream stream() throws IOException {
    return new ByteArrayInputStream(body.bytes());
  }

  @Override
  public Optional<String> signedIn() {
    return Optional.empty();
  }

  @Override
  public boolean isFromThisMachine() {
    return FromSomewhere.isThisMachine(Request.getRemoteAddr(request), this);
  }
}
