// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Optional;

/** A wish about the papers of an incident: its timeline as a file, and its postmortem. */
public sealed interface PaperIntent extends Intent {

  /** Send me the whole timeline as a file. */
  record ExportTimeline() implements PaperIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.exportTimeline(this);
    }
  }

  /** Draw the draft of the postmortem anew from the timeline; what people wrote stays. */
  record DraftPostmortem() implements PaperIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.draftPostmortem(this);
    }
  }

  /**
   * Write into the postmortem; without words, open the form for it.
   *
   * @param part which part; empty for the form of all of them
   * @param text the words, which replace what stands there
   */
  record EditPostmortem(Optional<PostmortemPart> part, Optional<String> text)
      implements PaperIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.editPostmortem(this);
    }
  }

  /** Ask whether to publish the postmortem as it stands. */
  record PublishPostmortem() implements PaperIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.publishPostmortem(this);
    }
  }
}
