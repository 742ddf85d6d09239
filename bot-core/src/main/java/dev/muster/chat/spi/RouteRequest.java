// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** An inbound HTTP request as an adapter sees it. */
public interface RouteRequest {

  /** Returns the method in upper case. */
  String method();

  /** Returns the path without the query. */
  String path();

  /** Returns the value of a {@code {name}} part of the registered path, decoded. */
  String pathPart(String name);

  /** Returns the first value of a query parameter, decoded. */
  Optional<String> query(String name);

  /**
   * Returns the value of a header, its name in any case. Several lines of one name are one value
   * with commas between, as RFC 9110, 5.3, has it; so nothing that must come once can come twice.
   */
  Optional<String> header(String name);

  /** Returns all headers as {@link #header} does, names in lower case. */
  Map<String, String> headers();

  /**
   * Reads the whole body.
   *
   * @param limit in bytes
   * @return empty when the body is longer than the limit
   * @throws IOException when the connection breaks
   */
  Optional<byte[]> body(int limit) throws IOException;

  /**
   * Returns the body as a stream, for uploads.
   *
   * @throws IOException when the connection breaks
   */
  InputStream stream() throws IOException;

  /** Returns the signed-in person's identifier, if sign-in is on and somebody is signed in. */
  Optional<String> signedIn();

  /**
   * Returns whether the caller may act under a name of the built-in chat: whoever is signed in only
   * under their own, a program under none of those who sign in.
   */
  default boolean mayActAs(String name) {
    return signedIn().map(name::equals).orElse(true);
  }

  /**
   * Returns under which name the caller reads what is public and was said to one person: as {@link
   * #reader}, but where nobody signs in a program is believed as well.
   *
   * @param claimed the name that the caller gives; empty for none
   */
  default Optional<String> listener(Optional<String> claimed) {
    return reader(claimed);
  }

  /**
   * Returns under which name the caller reads. Whoever is signed in reads as themselves; where
   * everything is open to this machine, a name that is given is believed; a program is nobody, and
   * sees what is public.
   *
   * @param claimed the name that the caller gives; empty for none
   */
  default Optional<String> reader(Optional<String> claimed) {
    return signedIn().or(() -> claimed);
  }
}
