// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import java.util.Locale;

/** The kinds of facts there are. Their lower-case names are part of the outer contract. */
public enum EntryKind {
  /** The incident began. */
  INCIDENT_DECLARED,
  /** A channel was opened for it. */
  CHANNEL_OPENED,
  /** Something happened to a channel of it behind the bot's back. */
  CHANNEL_CHANGED,
  /** The channel has its headline, and everybody was invited who could be. */
  CHANNEL_READY,
  /** Somebody took a role. */
  ROLE_ASSIGNED,
  /** A role became vacant. */
  ROLE_RELEASED,
  /** Somebody was asked to take command from its holder. */
  HANDOVER_OFFERED,
  /** They declined or did not answer; command stays where it was. */
  HANDOVER_ENDED,
  /** The impact is judged differently. */
  SEVERITY_CHANGED,
  /** A person finds the severity right. */
  SEVERITY_CONFIRMED,
  /** A person decided that nobody has to tell people outside. */
  COMMUNICATIONS_SETTLED,
  /** The incident moved on or was reopened. */
  STATUS_CHANGED,
  /** Another incident turned out to be the same; this one took over what it had. */
  INCIDENT_MERGED,
  /** An incident that was merged into this one was taken up again on its own. */
  INCIDENT_SEPARATED,
  /** A task or an action item goes by another number in another incident. */
  ITEM_MOVED,
  /** A described part changed. */
  FIELD_CHANGED,
  /** Somebody became a member. */
  MEMBER_ADDED,
  /** Somebody is no longer a member. */
  MEMBER_REMOVED,
  /** Only members see it from now on, or everybody does again. */
  VISIBILITY_CHANGED,
  /** Somebody or something said a message. */
  MESSAGE_LOGGED,
  /** A message's words were changed. */
  MESSAGE_REVISED,
  /** A message was deleted. */
  MESSAGE_REMOVED,
  /** A reaction was added. */
  REACTION_ADDED,
  /** A reaction was taken back. */
  REACTION_REMOVED,
  /** A file was shared. */
  FILE_SHARED,
  /** A person wrote a note for the timeline. */
  NOTE_ADDED,
  /** A message was marked as important. */
  HIGHLIGHTED,
  /** The mark was taken back. */
  HIGHLIGHT_REMOVED,
  /** A person gave a command. */
  COMMAND_RUN,
  /** A person pressed a button. */
  BUTTON_PRESSED,
  /** An alert belongs to the incident. */
  ALERT_ATTACHED,
  /** An alert of the incident no longer fires. */
  ALERT_RESOLVED,
  /** People were asked to take the incident on. */
  ESCALATION_STARTED,
  /** Somebody took it on. */
  ESCALATION_ACKNOWLEDGED,
  /** The policy has no further level, or nobody could be asked. */
  ESCALATION_EXHAUSTED,
  /** A person's status update went out. */
  STATUS_UPDATE_POSTED,
  /** A summary went out by itself. */
  SUMMARY_POSTED,
  /** People were promised news by a certain time. */
  NEXT_UPDATE_SET,
  /** A runbook was started. */
  RUNBOOK_STARTED,
  /** A step is to run. */
  STEP_REQUESTED,
  /** A second person is asked. */
  APPROVAL_REQUESTED,
  /** A second person consented. */
  STEP_APPROVED,
  /** It will not run. */
  STEP_REFUSED,
  /** The call is about to be made. */
  STEP_DISPATCHED,
  /** It ran. */
  STEP_SUCCEEDED,
  /** It did not run, or said it failed. */
  STEP_FAILED,
  /** Nobody knows whether it ran. */
  STEP_OUTCOME_UNKNOWN,
  /** A follow-up was agreed. */
  ACTION_ADDED,
  /** A follow-up is done. */
  ACTION_DONE,
  /** Something is to be done while the incident lasts. */
  TASK_ADDED,
  /** Somebody has it to do. */
  TASK_ASSIGNED,
  /** Nobody has it any more. */
  TASK_RELEASED,
  /** It was done. */
  TASK_DONE,
  /** The postmortem draft was written. */
  POSTMORTEM_DRAFTED,
  /** A person wrote a part of the postmortem; empty words take it back. */
  POSTMORTEM_EDITED,
  /** The postmortem was published as it stood. */
  POSTMORTEM_PUBLISHED,
  /** The bot said something. */
  BOT_POSTED,
  /** Something the bot was to do outside did not happen. */
  EFFECT_FAILED,
  /** What was missed while the connection was down was read. */
  GAP_FILLED,
  /** Text was erased; the fact remains. */
  REDACTED,
  /** An alert was stored without an incident; journal only. */
  ALERT_IGNORED,
  /** Two identities are one person's; journal only. */
  PEOPLE_LINKED,
  /** They are not; journal only. */
  PEOPLE_PARTED,
  /** Nobody knows whether they are; journal only. */
  PEOPLE_UNCLEAR,
  /** Somebody was refused something. */
  ACCESS_DENIED,
  /** Somebody signed in to the pages; journal only. */
  SIGNED_IN,
  /** Somebody signed out, or was signed out; journal only. */
  SIGNED_OUT,
  /** A token for programs was made; journal only. */
  TOKEN_CREATED,
  /** A token for programs holds no more; journal only. */
  TOKEN_REVOKED,
  /** The configuration was taken over or refused; journal only. */
  CONFIG_RELOADED,
  /** Something needs an operator, or no longer does; journal only. */
  OPERATOR_NOTICE,
  /** A delivery could not be handled and was set aside; journal only. */
  DELIVERY_PARKED,
  /** The store was put back from a backup; what the lost time saw is not known. */
  STORE_RESTORED,
  /** The program started; journal only. */
  STARTED,
  /** The machine's clock was put forward or back; journal only. */
  CLOCK_STEPPED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the name programs see. */
  public String word() {
    return word;
  }
}
