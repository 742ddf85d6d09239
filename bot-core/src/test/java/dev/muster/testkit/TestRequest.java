// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An inbound call made by a test, without a server. {@link TestRuntime#call} finds its route.
 *
 * @param method in upper case
 * @param path without the query
 * @param query parameters, decoded
 * @param headers names in lower case
 * @param content the body
 * @param parts the named parts of the path; filled in by the runtime
 */
public record TestRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] content,
    Map<String, String> parts)
    implements RouteRequest {

  /** Keeps unmodifiable copies, header names in lower case. */
  public TestRequest {
    query = Map.copyOf(query);
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    headers = Map.copyOf(lower);
    parts = Map.copyOf(parts);
  }

  /** Returns a request with a body and headers, its query taken apart from {@code target}. */
  public static TestRequest of(
      String method, String target, Map<String, String> headers, byte[] body) {
    String[] halves = target.split("\\?", 2);
    Map<String, String> query = new TreeMap<>();
    if (halves.length == 2) {
      for (String pair : halves[1].split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String value = pair.substring(equals + 1);
          query.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
      }
    }
    return new TestRequest(method, halves[0], query, headers, body, Map.of());
  }

  TestRequest withParts(Map<String, String> named) {
    return new TestRequest(method, path, query, headers, content, named);
  }

  @Override
  public String pathPart(String name) {
    return parts.get(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public Optional<byte[]> body(int limit) {
    return content.length > limit ? Optional.empty() : Optional.of(content.clone());
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(content);
  }

  @Override
  public Optional<String> signedIn() {
    return Optional.empty();
  }

  /** Returns the status of an answer; an event stream counts as 200. */
  public static int status(RouteAnswer answer) {
    if (answer instanceof RouteAnswer.Bytes bytes) {
      return bytes.status();
    }
    return answer instanceof RouteAnswer.Streamed streamed ? streamed.status() : 200;
  }
}
