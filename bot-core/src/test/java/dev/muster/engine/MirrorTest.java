// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static dev.muster.engine.TwoChats.BLUE;
import static dev.muster.engine.TwoChats.ID;
import static dev.muster.engine.TwoChats.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.spi.Delivery;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {

  @TempDir Path folder;
  private TwoChats chats;
  private Person ada;
  private Person li;

  @BeforeEach
  void declare() {
    chats = new TwoChats(folder, s -> SettingsDraft.of(s).everywhere().done());
    ada = chats.person(RED, "ada");
    li = chats.person(BLUE, "li");
    chats.declares(ada, "declare! checkout is down");
  }

  @AfterEach
  void close() {
    chats.close();
  }

  @Test
  void message_inOneChannel_isRepeatedOnceInTheOtherAndLoggedOnce() {
    chats.says(ada, "it is the @li database & <!channel> *bold*");
    chats.says(li, "I look");

    assertEquals(List.of("ada (red): it is the @li database & <!channel> *bold*"), copies(BLUE));
    assertEquals(List.of("li (blue): I look"), copies(RED));
    assertEquals(2, logged().size());
    assertEquals(
        List.of("red:Uada", "blue:Uli"), logged().stream().map(e -> e.actor().id()).toList());
    assertEquals(List.of(), chats.world(BLUE).toldTo(li));
  }

  @Test
  void edit_andDeletion_areFollowed() {
    MessageRef said = chats.says(ada, "the queue is ful");
    chats.edits(ada, said, "the queue is full");
    assertEquals(List.of("ada (red): the queue is full (edited)"), copies(BLUE));

    chats.deletes(ada, said);
    assertEquals(List.of(), copies(BLUE));
    assertEquals(
        List.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED),
        chats
            .engine()
            .entries(
                ID, EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED)
            .stream()
            .map(TimelineEntry::kind)
            .toList());
  }

  @Test
  void threads_areTheSameOnBothSides() {
    MessageRef root = chats.says(ada, "what changed at noon?");
    ShownMessage copy = copy(BLUE, "what changed at noon?");
    chats.says(li, Optional.of(copy.ref().id()), "the 11:58 deploy");
    chats.says(ada, Optional.of(root.id()), "whose was it?");

    assertEquals(Optional.of(root.id()), copy(RED, "the 11:58 deploy").thread());
    assertEquals(Optional.of(copy.ref().id()), copy(BLUE, "whose was it?").thread());

    ShownMessage head = chats.messages(RED).get(0);
    chats.says(ada, Optional.of(head.ref().id()), "who may roll back?");
    assertEquals(
        Optional.of(chats.messages(BLUE).get(0).ref().id()),
        copy(BLUE, "who may roll back?").thread());
  }

  @Test
  void highlight_onACopy_countsForTheOriginal() {
    chats.says(ada, "the deploy introduced a lock");
    chats.reacts(li, copy(BLUE, "introduced a lock").ref(), "pushpin");

    List<TimelineEntry> highlighted = chats.engine().entries(ID, EntryKind.HIGHLIGHTED);
    assertEquals(1, highlighted.size());
    assertEquals("the deploy introduced a lock", highlighted.get(0).text());
    assertEquals("blue:Uli", highlighted.get(0).actor().id());
    assertEquals(1, logged().size());
  }

  @Test
  void copy_thatAPlatformDelivers_isNeitherLoggedNorRepeated() {
    chats.says(ada, "first");
    MessageRef copy = copy(BLUE, "first").ref();
    heard(BLUE, posted(Profile.member(li), copy, "ada (red): first", List.of()));

    assertEquals(1, logged().size());
    assertEquals(List.of(), copies(RED));
  }

  @Test
  void program_isLoggedAndNotRepeated() {
    Person bridge = chats.person(BLUE, "bridge");
    Profile program = new Profile(bridge, Optional.empty(), Optional.empty(), true, false, true);
    MessageRef message = new MessageRef(chats.channel(BLUE), "M999");
    heard(BLUE, posted(program, message, "ada (red): first", List.of()));

    assertEquals(1, logged().size());
    assertEquals(List.of(), copies(RED));
  }

  @Test
  void file_isRepeatedByItsLink_alsoAfterAnEdit() {
    MessageRef message = new MessageRef(chats.channel(RED), "M998");
    SharedFile file =
        new SharedFile("F1", "graph.png", "image/png", 10, "https://red.example.com/F1");
    heard(RED, posted(Profile.member(ada), message, "", List.of(file)));
    assertEquals(
        List.of("ada (red): shared a file\ngraph.png (https://red.example.com/F1)"), copies(BLUE));

    chats.edits(ada, message, "the graph");
    assertEquals(
        List.of("ada (red): the graph (edited)\ngraph.png (https://red.example.com/F1)"),
        copies(BLUE));
  }

  @Test
  void name_thatLooksLikeAnother_isPlain() {
    Person liar = new Person(chats.person(RED, "mallory").ref(), "li (blue): yes ");
    MessageRef message = new MessageRef(chats.channel(RED), "M997");
    heard(RED, posted(Profile.member(liar), message, "run it", List.of()));
    assertEquals(List.of("li  blue   yes (red): run it"), copies(BLUE));
  }

  @Test
  void platform_thatIsDown_catchesUpInOrderAndSaysWhatWasLeftOut() {
    chats.blueIsDown(true);
    int said = MirrorOrders.MOST_WAITING + 3;
    List<MessageRef> refs =
        IntStream.rangeClosed(1, said).mapToObj(i -> chats.saysUnsettled(ada, "m" + i)).toList();
    chats.deletesUnsettled(ada, refs.get(1));
    assertEquals(said, logged().size());
    chats.blueIsDown(false);
    chats.engine().until("it has caught up", this::hasCaughtUp);

    List<String> copies = copies(BLUE);
    assertEquals(MirrorOrders.MOST_WAITING - 1, copies.size());
    assertEquals("ada (red): m1", copies.get(0));
    assertEquals("ada (red): m3", copies.get(1));
    assertEquals("ada (red): m" + MirrorOrders.MOST_WAITING, copies.get(copies.size() - 1));
    List<String> lines = chats.lines(BLUE);
    assertTrue(lines.get(lines.size() - 1).startsWith("3 messages on red from "), lines.toString());
    chats.says(ada, "and on");
    assertEquals("ada (red): and on", copies(BLUE).get(copies.size()));
  }

  private boolean hasCaughtUp() {
    chats.engine().advance(Duration.ofSeconds(1));
    chats.engine().calm();
    return chats.engine().read(tx -> tx.effects().backlog()) == 0;
  }

  @Test
  void death_atAnyCallOfACopy_doublesNothing() {
    for (int call = 0; call <= 1; call++) {
      chats.mortal(BLUE).dieAt(call);
      String words = "said before death " + call;
      chats.saysUnsettled(ada, words);
      chats.engine().calm();
      chats.restart();
      chats.engine().settle();
      assertEquals(1, copies(BLUE).stream().filter(each -> each.contains(words)).count(), words);
    }
    assertEquals(2, logged().size());
  }

  private void heard(String platform, ChatEvent event) {
    String key = event.at() + "/" + event.hashCode();
    chats.engine().inboxOf(platform).accept(Delivery.of(key, event));
    chats.engine().settle();
  }

  private ChatEvent posted(Profile by, MessageRef message, String text, List<SharedFile> files) {
    return new ChatEvent.MessagePosted(
        chats.now(),
        by,
        new Place(message.channel(), "inc", Optional.empty()),
        message,
        text,
        Optional.empty(),
        files);
  }

  private List<TimelineEntry> logged() {
    return chats.engine().entries(ID, EntryKind.MESSAGE_LOGGED);
  }

  /** Returns what stands in a channel as the copy of something said elsewhere. */
  private List<String> copies(String platform) {
    String from = platform.equals(RED) ? " (blue" : " (red";
    return chats.lines(platform).stream()
        .filter(
            line -> line.lines().findFirst().orElse("").matches("[^():]*\\" + from.strip() + ".*"))
        .toList();
  }

  private ShownMessage copy(String platform, String words) {
    return chats.messages(platform).stream()
        .filter(message -> message.words().contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(chats.lines(platform).toString()));
  }

  @Test
  void privateIncident_isRepeatedAmongMembersOnly() {
    chats.commands(ada, "private");
    chats.pressesTold(ada, "Make INC-1 private");
    chats.says(ada, "payroll too");
    assertFalse(
        chats.world(BLUE).messages(chats.world(BLUE).meetingPlace().channel()).stream()
            .anyMatch(message -> message.words().contains("payroll")));
    assertTrue(chats.space(BLUE).isEmpty());
  }
}
