// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteAnswer;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the server refuses before any route could see it: like every other refusal, and
 * without a word about what serves here or what came.
 */
final class PlainRefusals implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RouteAnswer.Bytes answer = (RouteAnswer.Bytes) Answers.problem(problem(response.getStatus()));
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.put(headers);
    headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private static ApiProblem problem(int status) {
    return switch (status) {
      case 404 -> ApiProblem.NOT_FOUND;
      case 408 -> new ApiProblem(status, "too_slow", "The request did not come in time.");
      case 413 -> new ApiProblem(status, "too_large", "A body has at most 5 MiB.");
      case 414 -> new ApiProblem(status, "address_too_long", "The address is too long.");
      case 417 -> new ApiProblem(status, "expectation_failed", "That expectation is not met here.");
      case 426, 505 ->
          new ApiProblem(status, "unknown_version", "Speak HTTP/1.1 with this address.");
      case 431 ->
          new ApiProblem(status, "headers_too_large", "The headers have at most 16 KiB together.");
      case 501 ->
          new ApiProblem(status, "not_implemented", "That way of sending is not known here.");
      case 503 -> new ApiProblem(status, "stopping", "Muster is about to stop. Please come again.");
      default ->
          status >= 500
              ? new ApiProblem(
                  status,
                  "internal_error",
                  "Something broke on our side. Nothing is known to be lost.")
              : new ApiProblem(status, "bad_request", "This is no request that can be read.");
    };
  }
}
