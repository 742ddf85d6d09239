// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Remark;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raw events of every kind, from Slack's envelope to the entries of an incident's timeline. */
class SubtypesOnTimelineTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<EntryKind> BOOKKEEPING =
      EnumSet.of(EntryKind.BOT_POSTED, EntryKind.CHANNEL_READY, EntryKind.CHANNEL_OPENED);

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;
  private long before;

  @BeforeEach
  void declare() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
    bot.people().settle();
    bot.engine().settle();
    before = bot.engine().entries("INC-1").size();
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String push(String fields) {
    long second = bot.clock().instant().getEpochSecond();
    String ts = second + ".000900";
    ObjectNode event = json("{'type':'message','channel_type':'channel','ts':'" + ts + "'}");
    event.put("channel", room).put("event_ts", ts);
    event.setAll(
        json("{" + fields.replace("TS", ts).replace("USER", bot.people().person("ada")) + "}"));
    assertTrue(bot.people().pushes(event).isAcknowledged());
    bot.engine().settle();
    return ts;
  }

  private List<TimelineEntry> gained() {
    return bot.engine().entries("INC-1").stream()
        .filter(entry -> entry.seq() > before && !BOOKKEEPING.contains(entry.kind()))
        .toList();
  }

  private String told() {
    List<String> told = new ArrayList<>();
    gained().forEach(entry -> told.add(entry.kind().word() + ": " + entry.text()));
    return told.isEmpty() ? "nothing" : String.join(" | ", told);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '^',
      quoteCharacter = '`',
      value = {
        "'user':'USER','text':'it is slow' ^ message_logged: it is slow",
        "'user':'USER','text':'looks','subtype':'me_message' ^ message_logged: looks",
        "'user':'USER','text':'','subtype':'file_share','files':[{'id':'F1','name':'p99.png'}]"
            + " ^ message_logged:  | file_shared: p99.png",
        "'bot_id':'B1','subtype':'bot_message','username':'ci','text':'','attachments':"
            + "[{'title':'deployed'}] ^ message_logged: deployed",
        "'bot_id':'B1','user':'U9','text':'close INC-1' ^ message_logged: close INC-1",
        "'user':'USER','subtype':'channel_topic','topic':'all hands' ^ field_changed: Channel"
            + " topic: all hands",
        "'user':'USER','subtype':'channel_purpose','purpose':'' ^ field_changed: Channel purpose:"
            + " (cleared)",
        "'user':'USER','subtype':'channel_name','name':'war-room' ^ field_changed: Channel name:"
            + " war-room",
        "'user':'USER','subtype':'telepathy','text':'hm' ^ nothing",
        "'user':'USER','subtype':'huddle_thread','text':'hm' ^ nothing",
        "'user':'USER','subtype':'channel_join','text':'joined' ^ nothing",
        "'subtype':'message_replied','message':{'ts':'TS'} ^ nothing",
        "'subtype':'message_changed','message':{'user':'USER','ts':'TS','text':'x','reply_count':1},"
            + "'previous_message':{'user':'USER','ts':'TS','text':'x'} ^ nothing",
        "'subtype':'message_changed','message':{'user':'USER','ts':'TS','text':'new','edited':"
            + "{'user':'USER','ts':'TS'}},'previous_message':{'user':'USER','ts':'TS','text':'x'}"
            + " ^ message_revised: new",
        "'subtype':'message_deleted','deleted_ts':'TS' ^ message_removed: "
      })
  void event_ofEachKind_isOnTheTimelineAsWhatItMeans(String fields, String entries) {
    push(fields.strip());

    assertEquals(entries.strip(), told().strip());
  }

  @Test
  void reply_shownInTheChannelAsWell_isOneEntryWithItsRoot() {
    String root = bot.people().types("ada", room, "root");
    push(
        "'user':'USER','text':'all hear','subtype':'thread_broadcast','thread_ts':'"
            + root
            + "','root':{'ts':'"
            + root
            + "'}");

    TimelineEntry entry = gained().get(1);
    assertEquals(2, gained().size());
    assertEquals(Boolean.TRUE, entry.data().get("broadcast"));
    assertEquals(root, entry.data().get("thread"));
  }

  @Test
  void root_deletedUnderItsReplies_staysAsDeleted() {
    String root = bot.people().types("ada", room, "root");
    bot.people().replies("ada", room, root, "a reply");
    push(
        "'subtype':'message_changed','message':{'subtype':'tombstone','user':'USLACKBOT','ts':'"
            + root
            + "'},'previous_message':{'user':'USER','ts':'"
            + root
            + "','text':'root'}");

    List<Remark> remarks = Discussion.of(bot.engine().entries("INC-1")).remarks();
    assertTrue(remarks.get(0).removedAt().isPresent());
    assertEquals("root", remarks.get(0).text());
    assertEquals("a reply", remarks.get(1).text());
  }

  @Test
  void message_deliveredHoursLate_standsAtItsOwnTimeAndSaysSo() {
    String ts = bot.clock().instant().getEpochSecond() + ".000700";
    bot.engine().advance(Duration.ofHours(2));
    push("'user':'USER','text':'from before','ts':'" + ts + "'");

    TimelineEntry entry =
        gained().stream().filter(e -> e.kind() == EntryKind.MESSAGE_LOGGED).findFirst().get();
    assertEquals(Boolean.TRUE, entry.data().get("late"));
    assertTrue(Duration.between(entry.occurredAt(), entry.at()).toMinutes() >= 119);
  }

  @Test
  void longest_message_isKeptWhole() {
    push("'user':'USER','text':'" + "x".repeat(40_000) + "'");

    assertEquals(40_000, gained().get(0).text().length());
  }

  @Test
  void snippet_ofTenMegabytesWithoutWords_isAnEntryWithItsLinkAndIsNotFetched() {
    int calls = bot.slack().ledger().size();
    push(
        "'user':'USER','text':'','subtype':'file_share','files':[{'id':'F1','mode':'snippet',"
            + "'name':'heap.txt','mimetype':'text/plain','size':10485760,'lines':262144,"
            + "'url_private':'https://files.slack.com/files-pri/T0-F1/heap.txt',"
            + "'permalink':'https://acme.slack.com/files/F1/heap.txt','preview':'"
            + "x".repeat(200_000)
            + "'}]");

    assertEquals("message_logged:  | file_shared: heap.txt", told());
    TimelineEntry file = gained().get(1);
    assertEquals("https://acme.slack.com/files/F1/heap.txt", file.data().get("url"));
    assertEquals("10485760", String.valueOf(file.data().get("size")));
    assertTrue(file.data().toString().length() < 1_000, "the words of the file stay in Slack");
    assertTrue(
        bot.slack().ledger().stream()
            .skip(calls)
            .noneMatch(call -> call.call().method().startsWith("files.")));
  }

  @Test
  void reply_underARootThatIsGone_isAnEntryWithItsLink() {
    String root = bot.people().types("ada", room, "root");
    bot.people().deletes(room, root);
    String ts = push("'user':'USER','text':'still here','thread_ts':'" + root + "'");

    TimelineEntry reply = gained().get(gained().size() - 1);
    assertEquals(EntryKind.MESSAGE_LOGGED, reply.kind());
    assertEquals("still here", reply.text());
    assertEquals(root, reply.data().get("thread"));
    String link = String.valueOf(reply.data().get("permalink"));
    assertTrue(link.contains(ts.replace(".", "")), link);
  }

  @Test
  void file_keptBackByAnotherWorkspace_leadsToItsMessage() {
    push(
        "'user':'USER','text':'','subtype':'file_share',"
            + "'files':[{'id':'F1','file_access':'check_file_info'}]");

    TimelineEntry file = gained().get(1);
    assertEquals("a file of another workspace", file.text());
    assertTrue(
        String.valueOf(file.data().get("url")).contains("/archives/" + room), file.toString());
  }

  @Test
  void file_keptBackByAnotherWorkspace_isAskedForAndKeptWithNameAndLink() {
    new SlackOffice(bot.slack(), bot.people()).sharesForeignFile("ada", room, "trace.txt");
    bot.people().settle();
    bot.engine().settle();

    List<TimelineEntry> files = bot.engine().entries("INC-1", EntryKind.FILE_SHARED);
    assertEquals(1, files.size(), files.toString());
    assertEquals("trace.txt", files.get(0).text());
    assertEquals("ada", files.get(0).actor().name());
    String url = String.valueOf(files.get(0).data().get("url"));
    assertTrue(url.startsWith("https://other.slack.com/files/F0"), url);
  }

  @Test
  void botsOwnPosts_areOnTheTimelineOnce() {
    List<TimelineEntry> posts = bot.engine().entries("INC-1", EntryKind.BOT_POSTED);
    Map<String, Long> seen =
        posts.stream().collect(Collectors.groupingBy(TimelineEntry::ref, Collectors.counting()));

    assertTrue(!posts.isEmpty() && seen.values().stream().allMatch(count -> count == 1));
    assertEquals(0, bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).size());
  }
}
