// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Where the items of the list "alerts" stand in a body. Found in one walk over the bytes, which
 * trusts nothing: what stands in the items, and around them, is for a parser to judge, and a body
 * that is laid out in another way has no parts.
 */
final class BodyParts {

  private static final byte[] LIST = {'"', 'a', 'l', 'e', 'r', 't', 's', '"'};

  private final byte[] body;
  private int at;
  private int[] places = new int[128];
  private int count;
  private int listEnd = -1;

  private BodyParts(byte[] body) {
    this.body = body;
  }

  /** Returns the parts of an object that has one list of that name, of objects alone. */
  static Optional<BodyParts> of(byte[] body) {
    BodyParts parts = new BodyParts(body);
    return parts.walk() && parts.count > 0 ? Optional.of(parts) : Optional.empty();
  }

  /** Returns how many items the list has. */
  int size() {
    return count;
  }

  int begin(int item) {
    return places[2 * item];
  }

  int end(int item) {
    return places[2 * item + 1];
  }

  /** Returns the body with some of its items only; what stands around the list stays. */
  byte[] with(IntPredicate wanted) {
    byte[] kept = new byte[body.length];
    int length = copy(0, begin(0), kept, 0);
    boolean first = true;
    for (int item = 0; item < count; item++) {
      if (wanted.test(item)) {
        if (!first) {
          kept[length++] = ',';
        }
        first = false;
        length = copy(begin(item), end(item), kept, length);
      }
    }
    length = copy(listEnd, body.length, kept, length);
    return Arrays.copyOf(kept, length);
  }

  private int copy(int from, int to, byte[] into, int length) {
    System.arraycopy(body, from, into, length, to - from);
    return length + to - from;
  }

  private boolean walk() {
    if (body.length > 2 && (body[0] & 0xFF) == 0xEF) {
      at = 3;
    }
    if (!takes('{')) {
      return false;
    }
    do {
      int name = skipSpace();
      if (!skipString()) {
        return false;
      }
      boolean list = Arrays.equals(body, name, at, LIST, 0, LIST.length);
      if (!takes(':') || !value(list)) {
        return false;
      }
    } while (takes(','));
    return takes('}') && listEnd >= 0;
  }

  private boolean value(boolean list) {
    if (!list) {
      return skipValue();
    }
    if (listEnd >= 0 || !takes('[')) {
      return false;
    }
    do {
      skipSpace();
      int begin = at;
      if (at >= body.length || body[at] != '{' || !skipValue()) {
        return false;
      }
      place(begin);
    } while (takes(','));
    listEnd = at;
    return takes(']');
  }

  private void place(int begin) {
    if (2 * count == places.length) {
      places = Arrays.copyOf(places, 4 * count);
    }
    places[2 * count] = begin;
    places[2 * count + 1] = at;
    count++;
  }

  /** Skips space, returns where it ended. */
  private int skipSpace() {
    while (at < body.length
        && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
      at++;
    }
    return at;
  }

  private boolean takes(char mark) {
    skipSpace();
    if (at < body.length && body[at] == mark) {
      at++;
      return true;
    }
    return false;
  }

  private boolean skipString() {
    if (at >= body.length || body[at] != '"') {
      return false;
    }
    for (at++; at < body.length; at++) {
      byte c = body[at];
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        at++;
        return true;
      }
    }
    return false;
  }

  /**
   * Skips a text, or what stands until the brackets that were opened are closed, or a bare word.
   */
  private boolean skipValue() {
    skipSpace();
    int depth = 0;
    while (at < body.length) {
      byte c = body[at];
      if (c == '"') {
        if (!skipString()) {
          return false;
        }
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return true;
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        at++;
        if (depth > 0 || c != '}' && c != ']') {
          continue;
        }
      }
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }
}
