// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.composition.PlainTextObject;

/** Makes plain text objects: no markup, no mention, no link, emoji names as they are typed. */
final class Labels {

  private Labels() {}

  /** Returns one line of at most {@code most} characters; Slack takes no empty one. */
  static PlainTextObject line(String text, int most) {
    return plain(Clip.atWord(Visible.line(text), most));
  }

  /** Returns text as it is. */
  static PlainTextObject plain(String text) {
    return PlainTextObject.builder().text(text.isBlank() ? "–" : text).emoji(false).build();
  }
}
