// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent.ConnectionGap;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.testkit.ThinCut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** On Teams the gap is a restart, which the adapter tells of itself. */
final class ThinCutJourneyTest extends ThinCut<TeamsChatWorld> {

  private FakeTeams teams;

  @Override
  protected TeamsChatWorld open() {
    TeamsChatWorld world = new TeamsChatWorld(memory, inbox, clock, folder);
    teams = world.teams();
    return world;
  }

  @Override
  protected String mention() {
    return "<at>li</at>";
  }

  @Override
  protected void loseTheReplyOfOpening() {
    teams.arm(Part.GRAPH, Fault.after(Fault.Kind.LOSES_THE_REPLY));
  }

  @Override
  protected long openings() {
    return teams.calls(Part.GRAPH);
  }

  @Override
  protected void headlinePosted(TeamsChatWorld world, MessageRef headline) {
    inbox.answerWith(event -> new Answer.Notice("You command INC-1."));
  }

  @Override
  protected void commandTaken(TeamsChatWorld world, OpenedChannel channel) {
    assertEquals("You command INC-1.", world.lastAnswer().path("value").asText());
  }

  @Override
  protected void fillTheGap(TeamsChatWorld world, OpenedChannel channel, Person ada) {
    MessageRef root = world.types(ada, channel.channel(), Optional.empty(), "live");
    Delivery live = inbox.deliveries().get(inbox.deliveries().size() - 1);
    Instant down = clock.instant();
    world.platform().close();
    clock.advance(Duration.ofSeconds(1));
    world.typesUnheard(ada, channel.channel(), Optional.of(root.id()), "while we were away");

    world.platform().start();
    clock.advance(Duration.ofSeconds(11));
    ((TeamsPlatform) world.platform()).lookAround();
    ConnectionGap gap = inbox.heard(ConnectionGap.class).get(0);
    HistoryPage page =
        done(world.platform().readHistory(channel.channel(), gap.since(), Optional.empty()));

    assertFalse(gap.since().isAfter(down));
    assertEquals("teams", gap.platform());
    assertEquals(live.key(), page.deliveries().get(0).key());
    assertEquals(live.event(), page.deliveries().get(0).event());
    assertEquals(
        List.of("live", "while we were away"),
        page.deliveries().stream().map(d -> ((MessagePosted) d.event()).text()).toList());
    assertEquals(Optional.empty(), page.next());
  }
}
