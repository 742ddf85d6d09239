// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of message that Slack pushes, from its signed bytes to what is stored. */
class MessageSubtypesTest {

  private static final String NOTHING = "nothing";
  private static final String TS = "1795190138.000001";

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private Worlds.Opened opened;

  @BeforeEach
  void open() {
    opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
  }

  @AfterEach
  void close() {
    opened.world().close();
  }

  private int push(String event) {
    String body =
        """
        {"token":"t","team_id":"T0ACME001","api_app_id":"A0BOTAPP1","type":"event_callback",\
        "event_id":"Ev1","event_time":1795190138,\
        "authorizations":[{"user_id":"U0BOT0001","is_bot":true}],"event":%s}"""
            .formatted(event);
    return TestRequest.status(
        opened.runtime().call(Signed.request(Signed.JSON, body, clock.instant())));
  }

  private static String message(String fields) {
    return """
        {"type":"message","channel":"C1","channel_type":"channel","ts":"%s",\
        "event_ts":"%s",%s}"""
        .formatted(TS, TS, fields);
  }

  private static String changed(String now, String before) {
    return message(
        """
        "subtype":"message_changed","hidden":true,\
        "message":{"type":"message","ts":"1795190100.000001",%s},\
        "previous_message":{"type":"message","ts":"1795190100.000001",%s}"""
            .formatted(now, before));
  }

  static Stream<Arguments> messages() {
    return Stream.of(words(), files(), programs(), changes(), system()).flatMap(rows -> rows);
  }

  private static Arguments row(String name, String event, String stored) {
    return Arguments.of(name, event, stored);
  }

  private static Stream<Arguments> words() {
    return Stream.of(
        row("plain", message("'user':'U1','text':'it is slow'"), "posted U1: it is slow"),
        row(
            "plain with every control sequence",
            message(
                "'user':'U1','text':'ask <!subteam^S1|@sre> <@U2> in <#C9|db> &lt;b&gt; "
                    + "<!date^1795190138^{time}|15:55 UTC> <https://a.example/x|the page>'"),
            "posted U1: ask @sre <@slack:U2> in #db <b> 15:55 UTC the page (https://a.example/x)"),
        row(
            "reply",
            message("'user':'U1','text':'a reply','thread_ts':'1795190000.000009'"),
            "posted U1: a reply [thread 1795190000.000009]"),
        row(
            "root with replies",
            message("'user':'U1','text':'root','thread_ts':'" + TS + "'"),
            "posted U1: root"),
        row(
            "thread_broadcast",
            message(
                "'user':'U1','text':'all hear','subtype':'thread_broadcast',"
                    + "'thread_ts':'1795190000.000009','root':{'ts':'1795190000.000009'}"),
            "posted U1: all hear [thread 1795190000.000009] [broadcast]"),
        row(
            "me_message",
            message("'user':'U1','text':'looks','subtype':'me_message'"),
            "posted U1: looks"),
        row(
            "empty text, rich text",
            message(
                "'user':'U1','text':'','blocks':[{'type':'rich_text','elements':["
                    + "{'type':'rich_text_section','elements':[{'type':'text','text':'see <b> '},"
                    + "{'type':'user','user_id':'U2'},{'type':'text','text':' '},"
                    + "{'type':'link','url':'https://a.example/x','text':'page'},"
                    + "{'type':'emoji','name':'fire'},{'type':'broadcast','range':'here'}]},"
                    + "{'type':'rich_text_list','style':'ordered','elements':["
                    + "{'type':'rich_text_section','elements':[{'type':'text','text':'one'}]},"
                    + "{'type':'rich_text_section','elements':[{'type':'text','text':'two'}]}]},"
                    + "{'type':'rich_text_quote','elements':[{'type':'text','text':'said'}]}]}]"),
            "posted U1: see <b> <@slack:U2> page (https://a.example/x):fire:@here"
                + "|1. one|2. two|> said"),
        row(
            "empty text, unknown block",
            message(
                "'user':'U1','text':'','blocks':[{'type':'hologram','rows':[{'text':'in it'}]},"
                    + "{'type':'section','text':{'type':'mrkdwn','text':'<@U2> &amp; co'}}]"),
            "posted U1: in it|<@slack:U2> & co"));
  }

  private static Stream<Arguments> files() {
    return Stream.of(
        row(
            "file_share",
            message(
                "'user':'U1','text':'the graph','subtype':'file_share','upload':true,'files':["
                    + "{'id':'F1','name':'p99.png','mimetype':'image/png','size':4711,"
                    + "'permalink':'https://acme.slack.com/files/F1'}]"),
            "posted U1: the graph [file F1 p99.png image/png 4711 https://acme.slack.com/files/F1]"),
        row(
            "file without words, kept back by another workspace",
            message(
                "'user':'U1','text':'','subtype':'file_share',"
                    + "'files':[{'id':'F1','file_access':'check_file_info'}]"),
            "posted U1:  [file F1 a file of another workspace  0 ]"),
        row(
            "file that is gone",
            message("'user':'U1','text':'','files':[{'id':'F1','mode':'tombstone'}]"),
            "posted U1:  [file F1 a deleted file  0 ]"));
  }

  private static Stream<Arguments> programs() {
    return Stream.of(
        row(
            "bot_message",
            message(
                "'subtype':'bot_message','bot_id':'B1','username':'pager','text':'',"
                    + "'attachments':[{'title':'Disk full','text':'db-1'}]"),
            "posted B1 (bot): Disk full|db-1"),
        row(
            "modern program, without a subtype",
            message(
                "'bot_id':'B1','app_id':'A9','user':'U9','text':'deployed 4711',"
                    + "'bot_profile':{'name':'ci','app_id':'A9'}"),
            "posted U9 (bot): deployed 4711"),
        row(
            "workflow mentions the bot",
            message(
                    "'bot_id':'B1','subtype':'bot_message','username':'flow',"
                        + "'text':'<@U0BOT0001> close'")
                .replace("\"message\"", "\"app_mention\""),
            NOTHING),
        row("own", message("'bot_id':'B9','user':'U0BOT0001','text':'hello'"), NOTHING));
  }

  private static Stream<Arguments> changes() {
    String edit = "'user':'U1','text':'now','edited':{'user':'U1','ts':'1795190138.000001'}";
    return Stream.of(
        row(
            "edited",
            changed(edit, "'user':'U1','text':'before'"),
            "edited 1795190100.000001 U1: now"),
        row("edited without a change of words", changed(edit, "'user':'U1','text':'now'"), NOTHING),
        row(
            "preview added",
            changed(
                "'user':'U1','text':'https://a.example','attachments':[{'title':'A'}]",
                "'user':'U1','text':'https://a.example'"),
            NOTHING),
        row(
            "reply counted",
            changed("'user':'U1','text':'r','reply_count':1", "'user':'U1','text':'r'"),
            NOTHING),
        row(
            "pinned",
            changed("'user':'U1','text':'r','pinned_to':['C1']", "'user':'U1','text':'r'"),
            NOTHING),
        row(
            "deleted",
            message(
                "'subtype':'message_deleted','hidden':true,'deleted_ts':'1795190100.000001',"
                    + "'previous_message':{'user':'U1','text':'oops','ts':'1795190100.000001'}"),
            "deleted 1795190100.000001"),
        row(
            "parent deleted, replies stay",
            changed("'user':'USLACKBOT','subtype':'tombstone','text':'gone'", "'user':'U1'"),
            "deleted 1795190100.000001"),
        row(
            "own deleted",
            message(
                "'subtype':'message_deleted','deleted_ts':'1795190100.000001',"
                    + "'previous_message':{'user':'U0BOT0001','bot_id':'B9','text':'card'}"),
            NOTHING),
        row(
            "own parent deleted",
            changed("'user':'USLACKBOT','subtype':'tombstone'", "'user':'U0BOT0001'"),
            NOTHING),
        row("message_replied", message("'subtype':'message_replied','hidden':true"), NOTHING));
  }

  private static Stream<Arguments> system() {
    Stream<Arguments> described =
        Stream.of(
            row(
                "channel_topic",
                message("'user':'U1','subtype':'channel_topic','topic':'on <@U2>','text':'x'"),
                "described U1 TOPIC: on <@slack:U2>"),
            row(
                "channel_purpose cleared",
                message("'user':'U1','subtype':'channel_purpose','purpose':'','text':'x'"),
                "described U1 PURPOSE: "),
            row(
                "channel_name",
                message(
                    "'user':'U1','subtype':'channel_name','old_name':'a','name':'b','text':'x'"),
                "described U1 NAME: b"),
            row(
                "own topic",
                message("'user':'U0BOT0001','subtype':'channel_topic','topic':'SEV2'"),
                NOTHING),
            row(
                "ekm_access_denied",
                message("'user':'U1','subtype':'ekm_access_denied','text':'no access'"),
                "notice message_key"),
            row(
                "unknown subtype",
                message("'user':'U1','subtype':'telepathy','text':'hmm'"),
                "not understood message/telepathy"));
    Stream<Arguments> silent =
        Stream.of(
                "channel_join",
                "channel_leave",
                "channel_archive",
                "channel_unarchive",
                "channel_posting_permissions",
                "pinned_item",
                "bot_add",
                "bot_remove",
                "reminder_add",
                "huddle_thread",
                "channel_canvas_updated")
            .map(s -> row(s, message("'user':'U1','text':'x','subtype':'" + s + "'"), NOTHING));
    return Stream.concat(described, silent);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void message_ofEverySubtype_isStoredAsWhatItMeans(String name, String event, String stored) {
    assertEquals(200, push(event.replace('\'', '"')));

    String told = inbox.deliveries().stream().map(d -> told(d.event())).findFirst().orElse(NOTHING);
    assertEquals(stored, told.replace("\n", "|"));
    assertTrue(inbox.deliveries().stream().allMatch(d -> d.raw().length > 0), "kept as it came");
  }

  private static String told(ChatEvent event) {
    if (event instanceof MessagePosted e) {
      return told(e);
    }
    if (event instanceof ChatEvent.MessageEdited e) {
      return "edited " + e.message().id() + " " + e.by().person().ref().id() + ": " + e.text();
    }
    if (event instanceof ChatEvent.MessageDeleted e) {
      return "deleted " + e.message().id();
    }
    if (event instanceof ChatEvent.ChannelDescribed e) {
      return "described " + e.by().person().ref().id() + " " + e.part() + ": " + e.text();
    }
    if (event instanceof ChatEvent.OperatorNotice e) {
      return "notice " + e.topic();
    }
    return "not understood " + ((ChatEvent.NotUnderstood) event).kind();
  }

  private static String told(MessagePosted e) {
    StringBuilder told = new StringBuilder("posted " + e.by().person().ref().id());
    told.append(e.by().bot() ? " (bot): " : ": ").append(e.text());
    e.place().thread().ifPresent(root -> told.append(" [thread ").append(root).append(']'));
    told.append(e.broadcast() ? " [broadcast]" : "");
    e.files()
        .forEach(
            f ->
                told.append(" [file ")
                    .append(String.join(" ", f.id(), f.name(), f.mediaType(), "" + f.size()))
                    .append(' ')
                    .append(f.url())
                    .append(']'));
    return told.toString();
  }

  @Test
  void message_of40000EmojiAndMore_isKeptToSlacksLimitInWholeCharacters() {
    push(message("'user':'U1','text':'" + "🔥".repeat(40_100) + "'").replace('\'', '"'));

    String text = inbox.heard(MessagePosted.class).get(0).text();
    assertEquals(40_000, text.codePointCount(0, text.length()));
    assertEquals("🔥".repeat(40_000), text);
  }

  @Test
  void otherEvents_ofPeople_areStored() {
    assertEquals("HomeOpened", stored("'type':'app_home_opened','user':'U1','tab':'home'"));
    assertEquals("HomeOpened", stored("'type':'app_home_opened','user':'U1','tab':'messages'"));
    String pin = "'channel_id':'C1','item':{'type':'message','message':{'ts':'" + TS + "'}}";
    assertEquals("MessagePinned", stored("'type':'pin_added','user':'U1'," + pin));
    assertEquals("MessageUnpinned", stored("'type':'pin_removed','user':'U1'," + pin));
    assertEquals(NOTHING, stored("'type':'pin_added','user':'U0BOT0001'," + pin));
    String link = "'channel':'C1','message_ts':'" + TS + "','links':[{'url':'https://a.example'}]";
    assertEquals("LinksPosted", stored("'type':'link_shared','user':'U1'," + link));
    assertEquals(NOTHING, stored("'type':'link_shared','user':'U1','source':'composer'," + link));
    String reaction = "'reaction':'pushpin','item':{'channel':'C1','ts':'" + TS + "'}";
    assertEquals("ReactionAdded", stored("'type':'reaction_added','user':'U1'," + reaction));
    assertEquals(NOTHING, stored("'type':'reaction_added','user':'U0BOT0001'," + reaction));
  }

  private String stored(String fields) {
    int count = inbox.deliveries().size();
    String event = "{" + fields + ",'event_ts':'" + (1795190138 + count) + ".000100'}";
    String body =
        """
        {"team_id":"T0ACME001","api_app_id":"A0BOTAPP1","type":"event_callback",\
        "authorizations":[{"user_id":"U0BOT0001","is_bot":true}],"event":%s}"""
            .formatted(event.replace('\'', '"'));
    assertEquals(
        200,
        TestRequest.status(
            opened.runtime().call(Signed.request(Signed.JSON, body, clock.instant()))));
    return inbox.deliveries().size() == count
        ? NOTHING
        : inbox.deliveries().get(count).event().getClass().getSimpleName();
  }
}
