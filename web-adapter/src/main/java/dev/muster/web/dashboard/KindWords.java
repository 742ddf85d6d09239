// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.timeline.EntryKind;

/** Says in a word or two what a fact is. */
final class KindWords {

  private KindWords() {}

  /** Returns words to stand after the name of who caused the fact. */
  static String of(EntryKind kind) {
    return switch (kind) {
      case MESSAGE_LOGGED -> "said";
      case MESSAGE_REVISED -> "edited a message";
      case MESSAGE_REMOVED -> "deleted a message";
      case NOTE_ADDED -> "noted";
      case HIGHLIGHTED -> "highlighted";
      case HIGHLIGHT_REMOVED -> "took a highlight back";
      case REACTION_ADDED -> "reacted";
      case REACTION_REMOVED -> "took a reaction back";
      case FILE_SHARED -> "shared a file";
      case COMMAND_RUN -> "gave a command";
      case BUTTON_PRESSED -> "pressed a button";
      case BOT_POSTED -> "posted";
      case STATUS_UPDATE_POSTED -> "told people outside";
      case SUMMARY_POSTED -> "posted a summary";
      case INCIDENT_DECLARED -> "declared the incident";
      case STATUS_CHANGED -> "changed the status";
      case SEVERITY_CHANGED -> "changed the severity";
      case SEVERITY_CONFIRMED -> "confirmed the severity";
      case COMMUNICATIONS_SETTLED -> "settled communications";
      case VISIBILITY_CHANGED -> "changed who sees it";
      case ROLE_ASSIGNED -> "gave a role";
      case STEP_APPROVED -> "approved a step";
      case STEP_REFUSED -> "refused a step";
      case ACTION_ADDED -> "added an action";
      case INCIDENT_MERGED -> "merged a duplicate";
      case INCIDENT_SEPARATED -> "took a duplicate up again";
      case ITEM_MOVED -> "moved to the incident that stays";
      case TASK_ADDED -> "added a task";
      case TASK_ASSIGNED -> "gave a task";
      case TASK_RELEASED -> "freed a task";
      case TASK_DONE -> "finished a task";
      case POSTMORTEM_EDITED -> "wrote in the postmortem";
      case POSTMORTEM_PUBLISHED -> "published the postmortem";
      default -> kind.word().replace('_', ' ');
    };
  }
}
