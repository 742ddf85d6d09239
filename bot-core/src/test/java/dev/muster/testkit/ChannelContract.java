// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.testkit.ContractArea.ARCHIVING;
import static dev.muster.testkit.ContractArea.CHANNEL_CHANGES;
import static dev.muster.testkit.ContractArea.CHANNEL_NAMES;
import static dev.muster.testkit.ContractArea.INVITING;
import static dev.muster.testkit.ContractArea.OPENING_CHANNELS;
import static dev.muster.testkit.ContractArea.PRIVATE_CHANNELS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.chat.spi.OnceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of channels. */
abstract class ChannelContract extends ContractGround {

  @Test
  @Holds(Capability.TOPIC)
  public final void openChannel_newName_givesChannelWithTopic() {
    world(OPENING_CHANNELS);

    OpenedChannel channel = opened("inc-1-checkout");
    if (!channel.described()) {
      done(platform().setTopic(channel.channel(), TOPIC));
    }

    ShownChannel look = looked(channel.channel());
    assertEquals(channel.name(), look.name());
    assertEquals(platform().name(), channel.channel().platform());
    assertTrue(channel.url().startsWith("http"), channel.url());
    assertFalse(look.archived());
    assertEquals(TOPIC, look.topic());
  }

  @Test
  public final void openChannel_sameKeyTwice_givesSameChannel() {
    world(OPENING_CHANNELS);
    OnceKey key = key("open");
    ChannelSpec spec = new ChannelSpec("inc-2-search", "", false);
    OpenedChannel first = done(platform().openChannel(key, spec));

    OpenedChannel second = done(platform().openChannel(key.again(), spec));

    assertEquals(first.channel(), second.channel());
    assertEquals(first.name(), second.name());
  }

  @Test
  public final void openChannel_nameTakenByUs_givesAnotherName() {
    world(OPENING_CHANNELS);
    OpenedChannel first = opened("inc-3-login");

    ChannelSpec spec = new ChannelSpec("inc-3-login", "", false);
    OpenedChannel second = done(platform().openChannel(key("other"), spec));

    assertNotEquals(first.channel(), second.channel());
    assertNotEquals(first.name(), second.name());
  }

  @Test
  public final void openChannel_nameTakenByStranger_isNotAdopted() {
    ChatWorld world = world(OPENING_CHANNELS);
    OpenedChannel stranger = world.meetingPlace();

    ChannelSpec spec = new ChannelSpec(stranger.name(), "", false);
    OpenedChannel ours = done(platform().openChannel(key("ours"), spec));

    assertNotEquals(stranger.channel(), ours.channel());
    assertNotEquals(stranger.name(), ours.name());
  }

  @Test
  public final void openChannel_oddNames_becomeLegalAndUnique() {
    ChatWorld world = world(CHANNEL_NAMES);
    List<String> odd =
        List.of(
            "inc-4-🔥💥", "A".repeat(200), "a".repeat(200), "Größe & Maß!", "???", "here", "con");
    Set<String> names = new HashSet<>();

    for (int i = 0; i < odd.size(); i++) {
      ChannelSpec spec = new ChannelSpec(odd.get(i), "", false);
      OnceKey key = key("odd" + i);
      names.add(inTurn(() -> platform().openChannel(key, spec)).name());
    }

    assertEquals(odd.size(), names.size(), names.toString());
    names.forEach(name -> assertTrue(world.isLegalName(name), name));
  }

  @Test
  @Holds(Capability.PRIVATE_CHANNELS)
  public final void openChannel_private_isSeenByInvitedPeopleAlone() {
    ChatWorld world = world(PRIVATE_CHANNELS);
    if (!can(Capability.PRIVATE_CHANNELS)) {
      refused(platform().openChannel(key("private"), new ChannelSpec("inc-5-secret", "", true)));
      return;
    }
    Person inside = world.person("ada");
    Person outside = world.person("mallory");
    ChannelSpec spec = new ChannelSpec("inc-5-secret", "", true);

    ChannelRef channel = done(platform().openChannel(key("private"), spec)).channel();
    done(platform().invite(channel, List.of(inside.ref())));

    assertTrue(looked(channel).isPrivate());
    assertTrue(world.sees(inside, channel));
    assertFalse(world.sees(outside, channel));
  }

  @Test
  public final void findChannel_existingName_givesThatChannel() {
    world(CHANNEL_CHANGES);
    OpenedChannel channel = opened("inc-6-mail");

    assertEquals(channel.channel(), done(platform().findChannel(channel.name())).channel());
    refused(platform().findChannel("inc-999-nowhere"));
  }

  @Test
  public final void rename_otherName_keepsTheChannel() {
    world(CHANNEL_CHANGES);
    OpenedChannel channel = opened("inc-7-old");

    OpenedChannel renamed = done(platform().rename(channel.channel(), "inc-7-new"));

    assertEquals(channel.channel(), renamed.channel());
    assertEquals(renamed.name(), looked(channel.channel()).name());
    assertTrue(renamed.name().contains("new"), renamed.name());
  }

  @Test
  @Holds(Capability.TOPIC)
  public final void setTopic_otherTopic_isShown() {
    world(CHANNEL_CHANGES);
    ChannelRef channel = opened("inc-8-topic").channel();

    done(platform().setTopic(channel, "SEV2 · identified"));
    done(platform().setPurpose(channel, "Checkout answers 500"));
    done(platform().setPurpose(channel, "INC-8"));

    assertEquals("SEV2 · identified", looked(channel).topic());
  }

  @Test
  public final void invite_oneUnknown_othersAreInvitedAndTheUnknownIsNamed() {
    ChatWorld world = world(INVITING);
    Person ada = world.person("ada");
    Person li = world.person("li");
    UserRef nobody = world.nobody();
    ChannelRef channel = opened("inc-9-people").channel();

    List<NotInvited> left = done(platform().invite(channel, List.of(ada.ref(), nobody, li.ref())));

    assertEquals(List.of(nobody), left.stream().map(NotInvited::user).toList());
    assertTrue(looked(channel).members().containsAll(List.of(ada.ref(), li.ref())));
  }

  @Test
  public final void invite_memberAgain_countsAsInvited() {
    ChatWorld world = world(INVITING);
    Person ada = world.person("ada");
    ChannelRef channel = opened("inc-10-twice").channel();
    done(platform().invite(channel, List.of(ada.ref())));

    assertEquals(List.of(), done(platform().invite(channel, List.of(ada.ref()))));

    List<UserRef> members = done(platform().members(channel)).stream().map(Person::ref).toList();
    assertEquals(1, members.stream().filter(ada.ref()::equals).count());
  }

  @Test
  @Holds(Capability.INVITATIONS)
  public final void invite_somebody_bringsThemInOrCallsThemWhereEverybodyIsIn() {
    ChatWorld world = world(INVITING);
    Person ada = world.person("ada");
    ChannelRef channel = opened("inc-12-newcomer").channel();
    boolean before = looked(channel).members().contains(ada.ref());

    done(platform().invite(channel, List.of(ada.ref())));

    assertTrue(looked(channel).members().contains(ada.ref()));
    assertEquals(can(Capability.INVITATIONS), !before);
    long calls =
        world.messages(channel).stream().filter(m -> m.notifies().contains(ada.ref())).count();
    assertEquals(can(Capability.INVITATIONS) ? 0 : 1, calls);
  }

  @Test
  @Holds(Capability.ARCHIVE)
  public final void archive_openChannel_refusesPostsUntilBroughtBack() {
    ChatWorld world = world(ARCHIVING);
    ChannelRef channel = opened("inc-11-done").channel();
    if (!can(Capability.ARCHIVE)) {
      refused(platform().archive(channel));
      return;
    }

    inTurn(() -> platform().archive(channel));
    inTurn(() -> platform().archive(channel));

    assertTrue(looked(channel).archived());
    ChatOutcome<MessageRef> late =
        platform().post(key("late"), channel, Optional.empty(), BotMessage.line("late"));
    refusedFor(late, ChatOutcome.Cause.CHANNEL_GONE, ChatOutcome.Cause.PERMISSION);
    inTurn(() -> platform().unarchive(channel));
    inTurn(() -> platform().unarchive(channel));
    posted(channel, "back again");
    assertEquals(
        1, world.messages(channel).stream().filter(m -> m.words().equals("back again")).count());
  }
}
