// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import dev.muster.http.spi.PagesFactory.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

/** Style sheets, picture and script of the pages, read once from the program itself. */
final class Assets {

  private Assets() {}

  static void contribute(Routes routes) {
    add(routes, "muster.css", "/dev/muster/web/assets/muster.css", "text/css; charset=utf-8");
    add(routes, "pages.css", "pages.css", "text/css; charset=utf-8");
    add(routes, "pages.js", "pages.js", "text/javascript; charset=utf-8");
    add(routes, "icon.svg", "icon.svg", "image/svg+xml");
  }

  private static void add(Routes routes, String name, String resource, String type) {
    byte[] content = load(resource);
    Map<String, String> headers =
        Map.of(
            "ETag", tag(content), "Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");
    RouteAnswer whole = new RouteAnswer.Bytes(200, type, content, headers);
    RouteAnswer same = new RouteAnswer.Bytes(304, "", new byte[0], headers);
    routes.route(
        "GET", "/assets/" + name, request -> knows(request, headers.get("ETag")) ? same : whole);
  }

  private static boolean knows(RouteRequest request, String tag) {
    return request.header("If-None-Match").filter(tag::equals).isPresent();
  }

  private static byte[] load(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its own file " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tag(byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    return "\"" + HexFormat.of().toHexDigits(sum.getValue()) + "-" + content.length + "\"";
  }
}
