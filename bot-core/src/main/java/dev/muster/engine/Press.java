// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.util.Set;

/** The stable names of buttons; part of the outer contract. */
final class Press {
  static final String ACK = "ack";
  static final String ESCALATE = "escalate";
  static final String JOIN = "join";
  static final String SUBSCRIBE = "subscribe";
  static final String TAKE_COMMAND = "take_command";
  static final String UPDATE = "update";
  static final String SEVERITY = "severity";
  static final String RESOLVE = "resolve";
  static final String CLOSE = "close";
  static final String APPROVE = "approve";
  static final String REFUSE = "refuse";
  static final String IT_RAN = "it_ran";
  static final String RUN_AGAIN = "run_again";
  static final String DECLARE = "declare";
  static final String ATTACH = "attach";
  static final String SNOOZE = "snooze";
  static final String NOT_AN_INCIDENT = "not_an_incident";
  static final String STEP_DONE = "step_done";
  static final String STEP_SKIPPED = "step_skipped";
  static final String COMMAND = "command";
  static final String ASK = "ask";
  static final String ASKED = "asked";
  static final String ACCEPT = "accept";
  static final String DECLINE = "decline";
  static final String ROLE = "role";
  static final String HANDOVER_NOTE = "handover_note";
  static final String NOTE = "note";
  static final String FOLLOW_UP = "follow_up";
  static final String NEW_CHANNEL = "new_channel";
  static final String HERE = "here";
  static final String CONFIRM_SEVERITY = "confirm_severity";
  static final String NO_COMMS = "no_comms";
  static final String KEEP_OPEN = "keep_open";
  static final String POSTMORTEM_EDIT = "postmortem_edit";
  static final String POSTMORTEM_REPLACE = "postmortem_replace";
  static final String POSTMORTEM_PUBLISH = "postmortem_publish";
  static final String TASK_TAKE = "task_take";
  static final String TASK_DONE = "task_done";

  /** Those whose press is answered with a form, whatever they are about. */
  static final Set<String> FORMS = Set.of(UPDATE, SEVERITY, RESOLVE, CLOSE, ROLE, HANDOVER_NOTE);

  private Press() {}
}
