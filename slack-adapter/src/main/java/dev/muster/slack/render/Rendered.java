// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.SectionBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A message as Slack takes it.
 *
 * @param text the whole essential message, escaped, for screen readers and notifications
 * @param blocks what is shown
 */
public record Rendered(String text, List<LayoutBlock> blocks) {

  /** Keeps an unmodifiable copy. */
  public Rendered {
    blocks = List.copyOf(blocks);
  }

  /** Where blocks are shown, with Slack's limit of how many. */
  enum Place {
    MESSAGE(Limits.BLOCKS),
    HOME(Limits.VIEW_BLOCKS);

    private final int blocks;

    Place(int blocks) {
      this.blocks = blocks;
    }

    int blocks() {
      return blocks;
    }
  }

  /**
   * Names every block after the content of the message: an edit that changes anything gets new
   * names, as Slack asks for, and the same message gets the same ones.
   */
  static Rendered of(String text, List<LayoutBlock> blocks) {
    CRC32 content = new CRC32();
    content.update((text + blocks).getBytes(UTF_8));
    String revision = Long.toString(content.getValue(), Character.MAX_RADIX);
    List<LayoutBlock> named = new ArrayList<>();
    for (LayoutBlock block : blocks) {
      name(block, revision + "." + named.size());
      named.add(block);
    }
    return new Rendered(text, named);
  }

  private static void name(LayoutBlock block, String id) {
    if (block instanceof HeaderBlock header) {
      header.setBlockId(id);
    } else if (block instanceof SectionBlock section) {
      section.setBlockId(id);
    } else if (block instanceof RichTextBlock text) {
      text.setBlockId(id);
    } else if (block instanceof ContextBlock context) {
      context.setBlockId(id);
    } else if (block instanceof ActionsBlock actions) {
      actions.setBlockId(id);
    }
  }
}
