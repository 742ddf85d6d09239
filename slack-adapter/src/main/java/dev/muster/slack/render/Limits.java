// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

/**
 * Slack's limits for messages, forms and home pages, and ours where they are tighter; all in UTF-16
 * units, which is never more than Slack counts. Slack's are those of its Block Kit reference.
 */
public final class Limits {

  /** Slack shortens the plain text of a message beyond 4,000 and refuses it in an edit. */
  public static final int TEXT = 3_000;

  /** Slack's limit for a header block. */
  static final int HEADER = 150;

  /** Ours: a heading is one line. */
  static final int HEADING = 150;

  /** Slack's limit for a text object is 3,000; kept for one block of rich text as well. */
  static final int SECTION = 2_900;

  /** Ours: a text goes on in as many blocks; what is longer belongs on a page. */
  static final int PARTS = 4;

  /** Ours: all sections together, well below what a message may hold. */
  static final int ALL_SECTIONS = PARTS * SECTION;

  /** Ours: what stays of a log, and then of a quotation, when a message must become shorter. */
  static final int SHORT_SECTION = 600;

  /** Slack's limit for one element of a context block is 3,000; escapes need room. */
  static final int NOTE = 580;

  /** Slack's limit for fields is 2,000; markup and escapes need room. */
  static final int FIELD = 350;

  /** Ours: a value of more characters does not fit half the width of a message. */
  static final int NARROW = 48;

  /** Slack's limit of fields in one section block. */
  static final int FIELDS = 10;

  /** Slack's limit of blocks in one message. */
  static final int BLOCKS = 50;

  /** Slack's limit of blocks in a window or on a home page. */
  static final int VIEW_BLOCKS = 100;

  /** Slack's limit for a label is 75. */
  static final int LABEL = 75;

  /** Ours: more buttons than this in one row wrap badly; Slack takes 25. */
  static final int BUTTONS_IN_A_ROW = 5;

  /** Ours: nobody finds the right one among more. */
  static final int BUTTONS = 25;

  /** Slack's limits for the title, the text and the two labels of a question. */
  static final int CONFIRM_TITLE = 100;

  static final int CONFIRM_TEXT = 300;

  static final int CONFIRM_LABEL = 30;

  /** Slack's limit for the title and the buttons of a form. */
  static final int FORM_TITLE = 24;

  /** Slack's limit for a field's label and hint is 2,000. */
  static final int FIELD_LABEL = 150;

  /** Slack's limit for typed text. */
  static final int TYPED = 3_000;

  /** Slack's limit of choices. */
  static final int OPTIONS = 100;

  private Limits() {}
}
