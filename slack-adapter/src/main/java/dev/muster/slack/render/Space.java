// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.LayoutBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of one message while it is being rendered, and whether anything had to be left out.
 * Belongs to one rendering.
 */
final class Space {

  private final List<LayoutBlock> blocks = new ArrayList<>();
  private final int most;
  private boolean shortened;

  /** Makes space for at most so many blocks. */
  Space(int most) {
    this.most = most;
  }

  /** Adds a block, unless there is no room left for it. */
  void add(LayoutBlock block) {
    if (blocks.size() < most) {
      blocks.add(block);
    } else {
      shortened = true;
    }
  }

  /** Adds a block that may stand beyond the limit, because room was reserved for it. */
  void addReserved(LayoutBlock block) {
    blocks.add(block);
  }

  /** Returns the beginning of a text, and remembers when that is not all of it. */
  String clip(String text, int length) {
    shortened |= text.length() > length;
    return Clip.atWord(text, length);
  }

  /** Notes that something was left out. */
  void leaveOut() {
    shortened = true;
  }

  /** Returns whether something was left out. */
  boolean isShortened() {
    return shortened;
  }

  /** Returns the blocks so far. */
  List<LayoutBlock> blocks() {
    return List.copyOf(blocks);
  }
}
