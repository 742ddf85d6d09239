// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The page and what belongs to it, read once from the program itself. */
final class PageRoutes {

  /** The page loads nothing from other hosts and runs no script but its own files. */
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
          + "frame-ancestors 'none'";

  /** Paths below {@code /chat}, and the resource and media type of each. */
  private static final Map<String, String[]> FILES = files();

  private final Map<String, RouteAnswer.Bytes> answers = new LinkedHashMap<>();

  PageRoutes() {
    FILES.forEach((path, file) -> answers.put(path, load(file[0], file[1])));
  }

  private static Map<String, String[]> files() {
    Map<String, String[]> files = new LinkedHashMap<>();
    files.put("/chat", new String[] {"page/chat.html", "text/html; charset=utf-8"});
    files.put("/chat/icon.svg", new String[] {"page/icon.svg", "image/svg+xml"});
    files.put("/chat/muster.css", new String[] {"/dev/muster/web/assets/muster.css", css()});
    files.put("/chat/chat.css", new String[] {"page/chat.css", css()});
    for (String script :
        new String[] {
          "main", "state", "server", "dom", "message", "card", "composer", "people", "time", "emoji"
        }) {
      files.put(
          "/chat/" + script + ".js",
          new String[] {"page/" + script + ".js", "text/javascript; charset=utf-8"});
    }
    return files;
  }

  private static String css() {
    return "text/css; charset=utf-8";
  }

  void register(Routes routes) {
    answers.forEach((path, answer) -> routes.add("GET", path, request -> serve(request, answer)));
  }

  private static RouteAnswer serve(RouteRequest request, RouteAnswer.Bytes answer) {
    String tag = answer.headers().get("ETag");
    return request.header("if-none-match").filter(tag::equals).isPresent()
        ? new RouteAnswer.Bytes(304, "", new byte[0], answer.headers())
        : answer;
  }

  private static RouteAnswer.Bytes load(String resource, String type) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + resource);
      }
      byte[] bytes = in.readAllBytes();
      Map<String, String> headers = new TreeMap<>();
      headers.put("ETag", tag(bytes));
      headers.put("Cache-Control", "no-cache");
      headers.put("X-Content-Type-Options", "nosniff");
      if (type.startsWith("text/html")) {
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Referrer-Policy", "no-referrer");
      }
      return new RouteAnswer.Bytes(200, type, bytes, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return "\"" + Long.toHexString(sum.getValue()) + "-" + bytes.length + "\"";
  }
}
