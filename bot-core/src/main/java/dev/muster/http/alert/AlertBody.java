// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import dev.muster.alert.Alert;
import java.util.List;
import java.util.function.Function;

/** What came of reading the body of an alert call: all of its alerts, or a reason for none. */
public sealed interface AlertBody {

  /** Applies the function that fits. */
  default <R> R match(Function<Decoded, R> decoded, Function<Refused, R> refused) {
    return this instanceof Decoded d ? decoded.apply(d) : refused.apply((Refused) this);
  }

  /**
   * The body was read.
   *
   * @param alerts every alert in it, in its order
   * @param omitted how many more the sender says it left out
   * @param fresh the body without the items that came before, byte for byte
   * @param unseen what of that may still hold a secret: all of it but items that hold none
   */
  record Decoded(List<Alert> alerts, int omitted, byte[] fresh, byte[] unseen)
      implements AlertBody {
    /** Keeps an unmodifiable copy. */
    public Decoded {
      alerts = List.copyOf(alerts);
    }

    /** Nothing of the body was known before. */
    public Decoded(List<Alert> alerts, int omitted, byte[] body) {
      this(alerts, omitted, body, body);
    }
  }

  /**
   * Nothing of the body was taken.
   *
   * @param problem what kind of problem it is
   * @param sentence what is wrong and where, and what would be right; without the sender's text
   */
  record Refused(Problem problem, String sentence) implements AlertBody {}

  /** Why a body is refused. */
  enum Problem {
    /** It is not JSON, or not JSON as we take it. */
    NOT_JSON(400),
    /** It is JSON of another shape. */
    WRONG_SHAPE(400),
    /** It is not UTF-8. */
    NOT_UTF8(415),
    /** It is larger than we read. */
    TOO_LARGE(413);

    private final int status;

    Problem(int status) {
      this.status = status;
    }

    /** Returns the HTTP status that says so. */
    public int status() {
      return status;
    }
  }
}
