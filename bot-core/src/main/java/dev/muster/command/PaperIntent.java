// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** A wish about the papers of an incident: its timeline as a file, and its postmortem. */
public sealed interface PaperIntent extends Intent {

  /** Send me the whole timeline as a file. */
  record ExportTimeline() implements PaperIntent {
    @Override
    public <R> R handle(IntentHandler<R> by) {
      return by.exportTimeline(this);
    }
  }
}
