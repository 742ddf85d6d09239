// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.testkit.ShownChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A move into private channels that is interrupted goes on where it was. */
class PrivacyMoveTest {

  private static final String TITLE = "Wiretap found";

  @TempDir private Path folder;

  static Stream<Integer> everyCall() {
    return IntStream.rangeClosed(1, 30).boxed();
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("everyCall")
  void move_killedAtEachCall_endsTheSame(int call) {
    killed(call);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 10})
  void move_killedAtACall_endsTheSame(int call) {
    killed(call);
  }

  private void killed(int call) {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      Person li = room.person("li");
      room.declares(ada, "declare! " + TITLE + " sev2");
      room.commands(ada, "invite " + IncidentRoom.mention(li));
      ChannelRef before = room.channel();
      room.commands(ada, "private");
      room.mortal().dieAt(call);
      room.world().commands(ada, before, "private confirm");
      room.engine().calm();
      room.restart();
      room.pass(Duration.ofMinutes(3));

      ShownChannel now = room.world().look(room.channel()).orElseThrow();
      assertTrue(now.isPrivate());
      assertEquals("inc-1-private", now.name());
      assertTrue(now.members().containsAll(List.of(ada.ref(), li.ref())));
      assertTrue(room.world().look(before).orElseThrow().archived());
      assertEquals(1, count(room.lines(), "INC-1 is private since"));
      assertEquals(1, count(room.lines(before), "Please write nothing more about it here."));
      assertEquals(0, count(room.lines(before), TITLE));
      List<String> announced = room.lines(room.world().meetingPlace().channel());
      assertEquals(0, count(announced, TITLE), "" + announced);
      assertEquals(1, count(announced, "INC-1 goes on among its members"));
    }
  }

  private static long count(List<String> lines, String words) {
    return lines.stream().filter(line -> line.contains(words)).count();
  }

  /** What was ordered while everybody could see it is not said after they may not. */
  @Test
  void news_thatWaitedForThePlatform_isNotAnnouncedAfterwards() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      room.declares(ada, "declare! " + TITLE + " sev2");
      room.commands(ada, "private");
      room.mortal().dieAt(0);
      room.world().commands(ada, room.channel(), "update The wiretap sits in the switch");
      room.world().commands(ada, room.channel(), "private confirm");
      room.engine().calm();
      room.restart();
      room.pass(Duration.ofMinutes(3));

      List<String> announced = room.lines(room.world().meetingPlace().channel());
      assertEquals(0, count(announced, "iretap"), "" + announced);
      assertTrue(count(room.lines(), "The wiretap sits in the switch") > 0);
    }
  }

  /** The channel that was ordered for everybody must not take what is for members alone. */
  @Test
  void channel_stillBeingOpenedForEverybody_isLeftForAPrivateOne() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      ChannelRef general = room.world().meetingPlace().channel();
      room.mortal().dieAt(0);
      room.world().commands(ada, general, "declare! " + TITLE + " sev2");
      room.engine().calm();
      room.world().commands(ada, general, "private INC-1");
      room.world().commands(ada, general, "private INC-1 confirm");
      room.engine().calm();
      assertTrue(room.incident().isPrivate());
      room.restart();
      room.pass(Duration.ofMinutes(3));

      assertTrue(room.world().look(room.channel()).orElseThrow().isPrivate());
      assertEquals(0, count(room.lines(general), TITLE), "" + room.lines(general));
      assertFalse(room.channel().equals(general));
    }
  }
}
