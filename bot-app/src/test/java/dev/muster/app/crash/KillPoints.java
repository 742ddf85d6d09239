// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.Map;

/**
 * Where the bot changes something that outlives it: its commits and its calls. Each is killed right
 * before and right after, by the step of that name in the tests beside this, or it says why no
 * death there can lose or double anything. {@link KillPointsTest} finds what is missing here.
 */
final class KillPoints {

  private static final String ANEW = "set to what is wanted; set again it is the same";
  private static final String ASKS = "asks and changes nothing";
  private static final String NEXT_ROUND = "a round that comes again does what was not committed";
  private static final String LOOKS =
      "the order stays, and the adapter looks for its key first: OnceTest, FaultMatrixTest";

  /**
   * The timer of a summary is taken down as it fires, named by its kind and whose it is; many
   * transactions take down a timer that no longer matters.
   */
  static final String A_SUMMARY_FIRES = "commit .*summary\nINC-[0-9]+\nDELETE FROM timer";

  private KillPoints() {}

  /** Commits that tests kill around, by the method that opens the transaction. */
  static final Map<String, String> COMMITS =
      Map.ofEntries(
          Map.entry("AlertDoor#stored", "commit .*INSERT INTO inbox"),
          Map.entry("AlertDoor#settled", "commit .*INSERT INTO inbox"),
          Map.entry("AlertDoor#queued", "commit .*INSERT INTO inbox"),
          Map.entry("HookDoor#accept", "commit .*INSERT INTO inbox"),
          Map.entry("ChatDoor#stored", "commit .*INSERT INTO inbox"),
          Map.entry("ChatDoor#written", "commit .*INSERT INTO inbox"),
          Map.entry("ChatDoor#writtenSoon", "commit .*INSERT INTO inbox"),
          Map.entry("InboxPump#submit", "commit .*UPDATE inbox SET state = 1"),
          Map.entry("EffectCarrier#claim", "commit .*SET state = 1, attempt"),
          Map.entry("EffectCarrier#settle", "commit .*channel_opened"),
          Map.entry("StepCarrier#carryOut", "commit .*step_dispatched"),
          Map.entry("Engine#start", "commit .*started"),
          Map.entry("Engine#journal", "commit .*started"),
          Map.entry("TimerRunner#isFired", A_SUMMARY_FIRES));

  /** Commits that no death can harm. */
  static final Map<String, String> HARMLESS_COMMITS =
      Map.ofEntries(
          Map.entry(
              "Engine#clockStepped", "one fact about the clock, told of again at a next step"),
          Map.entry("ApiTokens#find", "notes when a token was last used"),
          Map.entry("ApiTokens#make", "a token that was not kept was shown to nobody"),
          Map.entry("ApiTokens#revoke", "the admin sees that it stands there still"),
          Map.entry("BackupRounds#make", NEXT_ROUND),
          Map.entry("Engine#introducePeople", "after a start people are asked for again"),
          Map.entry("Engine#recover", "one transaction with the mark that it was done"),
          Map.entry("Engine#storeNotice", NEXT_ROUND),
          Map.entry("Engine#tokenKey", "a key that was not kept was not used"),
          Map.entry("Follower#catchUp", "the index and its mark are one transaction"),
          Map.entry("Follower#write", NEXT_ROUND),
          Map.entry(
              "EffectCarrier#giveBack",
              "claimed and never called; after a death it is looked at like any attempt"),
          Map.entry("InboxPump#failed", "counts a try; the delivery is tried again"),
          Map.entry("InboxPump#isCaughtUp", ASKS),
          Map.entry("InboxPump#isStuck", ASKS),
          Map.entry("InboxPump#setAside", "counts a try; the delivery is tried again"),
          Map.entry("LateLines#gather", "one transaction moves lines from order to order"),
          Map.entry("MemberLook#left", ASKS),
          Map.entry("MessageCarrier#edit", "said with the order that is carried out again"),
          Map.entry("MessageCarrier#elsewhere", "said with the order that is carried out again"),
          Map.entry("PlatformGate#pass", NEXT_ROUND),
          Map.entry("QuietStore#change", "given again, the command does what it did not come to"),
          Map.entry("Readiness#isWritable", NEXT_ROUND),
          Map.entry("ScreenCarrier#home", "one reader's screen, drawn anew when it is looked at"),
          Map.entry("Sessions#begin", "nobody was let in yet; the person signs in again"),
          Map.entry("Sessions#end", "the session ends when it is ended again, or by its age"),
          Map.entry("Sessions#find", "notes when a session was last used"),
          Map.entry("SqlMemory#put", "written before it is relied on; the adapter asks again"),
          Map.entry("SqlMemory#putIfAbsent", "the first one stays"),
          Map.entry("StoreWatch#tryOut", NEXT_ROUND),
          Map.entry("Tidying#turn", NEXT_ROUND),
          Map.entry("WebPeople#enter", "who somebody is, written again when they sign in again"));

  /** Verbs of a chat that tests kill around. */
  static final Map<String, String> VERBS =
      Map.of(
          "openChannel", "call openChannel",
          "findChannel", "call findChannel",
          "setTopic", "call setTopic",
          "invite", "call invite",
          "tell", "call tell",
          "post", "call post .*Use the buttons",
          "edit", "call edit .*Use the buttons",
          "pin", "call pin");

  /** Verbs of a chat that no death can harm. */
  static final Map<String, String> HARMLESS_VERBS =
      Map.ofEntries(
          Map.entry("name", ASKS),
          Map.entry("capabilities", ASKS),
          Map.entry("addressing", ASKS),
          Map.entry("check", ASKS),
          Map.entry("start", "begins to listen"),
          Map.entry("close", "ends"),
          Map.entry("rehearse", "calls nobody and keeps nothing"),
          Map.entry("clockAhead", "calls nobody and keeps nothing"),
          Map.entry("members", ASKS),
          Map.entry("findPerson", ASKS),
          Map.entry("findGroup", ASKS),
          Map.entry("readHistory", ASKS),
          Map.entry("readMessage", ASKS),
          Map.entry("permalink", ASKS),
          Map.entry("rename", ANEW),
          Map.entry("setPurpose", ANEW),
          Map.entry("join", ANEW),
          Map.entry("archive", ANEW),
          Map.entry("unarchive", ANEW),
          Map.entry("delete", ANEW),
          Map.entry("bookmark", LOOKS),
          Map.entry("unbookmark", ANEW),
          Map.entry("react", ANEW),
          Map.entry("attach", LOOKS),
          Map.entry("openForm", "its handle ends within seconds; a button opens the form later"),
          Map.entry("updateForm", "one reader's screen, drawn anew when it is looked at"),
          Map.entry("showHome", "one reader's screen, drawn anew when it is looked at"),
          Map.entry("unfurl", ANEW));

  /** What a client of targets is asked that reaches nobody. */
  static final Map<String, String> HARMLESS_TARGETS = Map.of("WebhookClient#masking", ASKS);

  /** Calls of targets: their attempt is committed before, what became of them after. */
  static final Map<String, String> TARGETS =
      Map.of("WebhookClient#call", "commit .*step_dispatched");

  /** What a target reports later comes in as every delivery does. */
  static final Map<String, String> LATE_RESULTS =
      Map.of("Engine#acceptLateResult", "commit .*INSERT INTO inbox");

  /** The verb that calls each method of Slack that changes something. */
  static final Map<String, String> SLACK =
      Map.ofEntries(
          Map.entry("conversations.create", "openChannel"),
          Map.entry("conversations.rename", "rename"),
          Map.entry("conversations.setTopic", "setTopic"),
          Map.entry("conversations.setPurpose", "setPurpose"),
          Map.entry("conversations.invite", "invite"),
          Map.entry("conversations.join", "join"),
          Map.entry("conversations.archive", "archive"),
          Map.entry("conversations.unarchive", "unarchive"),
          Map.entry("conversations.open", "tell"),
          Map.entry("chat.postMessage", "post"),
          Map.entry("chat.postEphemeral", "tell"),
          Map.entry("chat.update", "edit"),
          Map.entry("chat.delete", "delete"),
          Map.entry("chat.unfurl", "unfurl"),
          Map.entry("pins.add", "pin"),
          Map.entry("reactions.add", "react"),
          Map.entry("bookmarks.add", "bookmark"),
          Map.entry("bookmarks.remove", "unbookmark"),
          Map.entry("views.open", "openForm"),
          Map.entry("views.update", "updateForm"),
          Map.entry("views.publish", "showHome"),
          Map.entry("files.getUploadURLExternal", "attach"),
          Map.entry("files.upload", "attach"),
          Map.entry("files.completeUploadExternal", "attach"));

  /** The verb that makes each call of Teams that changes something. */
  static final Map<String, String> TEAMS =
      Map.ofEntries(
          Map.entry("SEND", "post"),
          Map.entry("SEND_TARGETED", "tell"),
          Map.entry("UPDATE", "edit"),
          Map.entry("UPDATE_TARGETED", "edit"),
          Map.entry("DELETE", "delete"),
          Map.entry("OPEN_DIRECT", "tell"),
          Map.entry("CREATE_CHANNEL", "openChannel"),
          Map.entry("CHANGE_CHANNEL", "setTopic"),
          Map.entry("ARCHIVE", "archive"),
          Map.entry("UNARCHIVE", "unarchive"),
          Map.entry("CREATE_CHAT", "openChannel"),
          Map.entry("INSTALL_APP", "openChannel"),
          Map.entry("ADD_MEMBER", "invite"),
          Map.entry("RENAME_CHAT", "rename"));
}
