// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.peer;

import dev.muster.bench.child.Peer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The barest server on the Jetty that Muster uses too: a body in, a body out. */
final class JettyPeer {

  private JettyPeer() {}

  /** A request with its whole body. */
  record Asked(Map<String, String> headers, String body) {}

  /** What is answered. */
  record Answer(int status, String body) {}

  /** What a peer does; on one of Jetty's threads, and it may block. */
  @FunctionalInterface
  interface Answering {
    Answer answer(Asked asked) throws Exception;
  }

  /** What a peer does that answers later, from whichever thread. */
  @FunctionalInterface
  interface AnsweringLater {
    CompletableFuture<Answer> answer(Asked asked) throws Exception;
  }

  /** Listens on a free port of the loopback interface, says so, and serves until it is killed. */
  static void serve(Answering answering, PrintStream out) throws Exception {
    serveLater(asked -> CompletableFuture.completedFuture(answering.answer(asked)), out);
  }

  /** The same for a peer that answers later. */
  static void serveLater(AnsweringLater answering, PrintStream out) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            answering
                .answer(asked(request))
                .whenComplete(
                    (answer, failure) -> {
                      if (failure == null) {
                        write(answer, response, callback);
                      } else {
                        callback.failed(failure);
                      }
                    });
            return true;
          }
        });
    server.start();
    out.println(Peer.READY + connector.getLocalPort());
    server.join();
  }

  private static void write(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put("Content-Length", body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static Asked asked(Request request) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getName(), field.getValue());
    }
    return new Asked(headers, Content.Source.asString(request, StandardCharsets.UTF_8));
  }
}
