// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Optional;

/**
 * A button of ours. The token names one button on one revision of one message; what it means and
 * who may press it lives in our store.
 *
 * @param label verb and object, at most 30 characters wanted
 * @param action the stable name of the action, such as {@code ack}
 * @param token opaque, unguessable
 * @param style how it looks
 * @param confirm the question asked before it counts, where the platform can ask
 * @param opensForm whether a press is answered with a form, for platforms that must know before
 */
public record Button(
    String label,
    String action,
    String token,
    Style style,
    Optional<Confirm> confirm,
    boolean opensForm) {

  /** Makes a button whose press is answered with words. */
  public Button(String label, String action, String token, Style style, Optional<Confirm> confirm) {
    this(label, action, token, style, confirm, false);
  }

  /** Returns the same button, whose press is answered with a form. */
  public Button openingForm() {
    return new Button(label, action, token, style, confirm, true);
  }

  /** How a button looks; never the only carrier of meaning. */
  public enum Style {
    /** Ordinary. */
    PLAIN,
    /** The one expected next. */
    PRIMARY,
    /** Hard to take back. */
    DANGER
  }

  /**
   * A question before a press counts.
   *
   * @param title short
   * @param text what will happen, exactly
   * @param yes label of the consenting button
   */
  public record Confirm(String title, String text, String yes) {}

  /** Returns an ordinary button without a question. */
  public static Button of(String label, String action, String token) {
    return new Button(label, action, token, Style.PLAIN, Optional.empty());
  }
}
