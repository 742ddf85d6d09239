// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.testkit.KeyedMemory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels can be opened from a card and people are called by it, where Teams knows them. */
final class ReachableTest {

  private static final Span ROOM = room("teams", "19:1@thread.tacv2");
  private static final Span CHAT = room("teams", "19:2@thread.v2");

  private static Span room(String platform, String id) {
    return new Span.Room(new ChannelRef(platform, id), "inc-1 a");
  }

  private static void remember(Places places, String id, Kind kind, String group) {
    places.keep(places.remember(new Conversation(id, kind, "inc-1 a", "", group, Instant.EPOCH)));
  }

  @Test
  void rooms_inFactsAndSections_areLinksWhereAnAddressIsKnown() {
    Places places = new Places(new KeyedMemory(), new HostGuard(List.of()));
    remember(places, "19:1@thread.tacv2", Kind.CHANNEL, "group-1");
    remember(places, "19:2@thread.v2", Kind.GROUP_CHAT, "");
    remember(places, "19:3@thread.tacv2", Kind.CHANNEL, "");
    Reachable links = new Reachable(places, new DeepLinks("tenant-1"));
    Span elsewhere = room("slack", "C1");
    Span foreign = room("teams", "19:3@thread.tacv2");
    Span unknown = room("teams", "19:4@thread.tacv2");
    Phrase plain = Phrase.of(new Span.Words("in "), elsewhere, foreign, unknown);

    BotMessage linked =
        links.in(
            BotMessage.card("text", "title")
                .withFacts(List.of(new Fact("Talk here", Phrase.of(ROOM))))
                .withSections(
                    List.of(
                        new Section("", Phrase.of(CHAT), Section.Style.NOTE),
                        new Section("", plain, Section.Style.NOTE))));

    assertEquals(
        new Span.Link(
            "#inc-1 a",
            "https://teams.microsoft.com/l/channel/19:1@thread.tacv2/inc-1%20a"
                + "?groupId=group-1&tenantId=tenant-1"),
        linked.facts().get(0).value().spans().get(0));
    assertEquals(
        new Span.Link(
            "#inc-1 a", "https://teams.microsoft.com/l/chat/19:2@thread.v2/0?tenantId=tenant-1"),
        linked.sections().get(0).body().spans().get(0));
    assertEquals(plain, linked.sections().get(1).body());
  }

  /** Teams would show whoever comes next in the place of one that it does not find. */
  @Test
  void mentions_ofIdsThatAreNoneOfTeams_areLeftOut() {
    Person ada = person("teams", "8c8d357b-5e87-4bba-8d45-197626bd5759");
    Person bo = person("teams", "29:1abc");
    List<Person> all = List.of(person("teams", "li"), ada, person("slack", "U1"), bo);
    Reachable names =
        new Reachable(
            new Places(new KeyedMemory(), new HostGuard(List.of())), new DeepLinks("tenant-1"));

    assertEquals(
        List.of(ada, bo), names.in(BotMessage.line("Help wanted").withMentions(all)).mentions());
  }

  private static Person person(String platform, String id) {
    return new Person(new UserRef(platform, id), "name");
  }
}
