// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets the news of an incident as direct messages, and who no longer does. */
class SubscriptionsTest extends AdaAndLi {

  private static final String STOP = "To stop: /incident unsubscribe INC-1";

  private List<String> toldOf(Person who, String words) {
    return room.told(who).stream().filter(line -> line.contains(words)).toList();
  }

  private ChannelRef elsewhere() {
    return room.world().meetingPlace().channel();
  }

  @Test
  void subscriber_isToldOfUpdatesStatusAndClose_andHowToStop() {
    room.declares(ada, "declare! Checkout is down");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.commands(ada, "update we know the commit");
    room.commands(ada, "mitigate rolled back");
    room.commands(ada, "resolve all is well");
    room.commands(ada, "close done");

    assertEquals(1, toldOf(li, "come to you as direct messages").size(), room.told(li) + "");
    for (String news : List.of("by ada: we know", "is mitigated", "is resolved", "is closed")) {
      List<String> told = toldOf(li, news);
      assertEquals(1, told.size(), news + ": " + room.told(li));
      assertTrue(told.get(0).contains("INC-1") && told.get(0).contains(STOP), told.get(0));
    }
    assertEquals(List.of(), toldOf(ada, STOP));
  }

  @Test
  void subscribedTwice_isToldSo_andGetsOneCopy() {
    room.declares(ada, "declare! Checkout is down");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.press(li, room.world().messages(elsewhere()), "Subscribe");
    room.commands(ada, "update we know the commit");

    assertEquals(1, toldOf(li, "subscribed to INC-1 already").size(), room.told(li).toString());
    assertEquals(1, toldOf(li, "we know the commit").size());
  }

  @Test
  void unsubscribed_hearsNoMore_andIsToldWhenThereIsNothingToStop() {
    room.declares(ada, "declare! Checkout is down");
    room.press(li, room.world().messages(elsewhere()), "Subscribe");
    room.commandsAt(li, elsewhere(), "unsubscribe INC-1");
    room.commands(ada, "update we know the commit");
    room.commandsAt(li, elsewhere(), "unsubscribe INC-1");

    assertEquals(1, toldOf(li, "no longer subscribed to INC-1").size());
    assertEquals(1, toldOf(li, "You are not subscribed to INC-1").size());
    assertEquals(List.of(), toldOf(li, "we know the commit"));
  }

  @Test
  void privateIncident_isFollowedByMembersAlone_andByNobodyWhoIsNoneAnyMore() {
    room.declares(ada, "declare! A leak sev1 --private");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.commands(ada, "invite " + IncidentRoom.mention(li));
    assertEquals(1, toldOf(li, "no incident INC-1 that you can see").size());
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.commands(ada, "update the first word");
    assertEquals(1, toldOf(li, "the first word").size(), room.told(li).toString());

    leave(li);
    room.commands(ada, "update the second word");
    room.commands(ada, "invite " + IncidentRoom.mention(li));
    room.commands(ada, "update the third word");

    assertEquals(List.of(), toldOf(li, "the second word"));
    assertEquals(List.of(), toldOf(li, "the third word"));
  }

  private void leave(Person who) {
    IncidentId id = room.incident().id();
    room.engine()
        .write(
            tx ->
                Facts.write(
                    new Moment(tx, room.now(), room.engine().settings()),
                    tx.incidents().find(id).orElseThrow(),
                    new IncidentEvent.MemberRemoved(who),
                    new Actor.Bot(),
                    "left"));
  }

  @Test
  void personWhoLeftTheWorkspace_isPassedOver() {
    room.declares(ada, "declare! Checkout is down");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.isNow(li, false, false);
    room.commands(ada, "update we know the commit");

    assertEquals(List.of(), toldOf(li, "we know the commit"));
  }

  @Test
  void subscription_survivesARestart_andALostAnswerMakesNoSecondCopy() {
    room.declares(ada, "declare! Checkout is down");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");
    room.restart();
    IncidentId id = room.incident().id();
    room.world().arm(Fault.LOSES_THE_REPLY);
    room.engine()
        .write(
            tx -> {
              Moment moment = new Moment(tx, room.now(), room.engine().settings());
              Incident incident = tx.incidents().find(id).orElseThrow();
              BotMessage news = BotMessage.line("we know the commit");
              Subscriptions.tell(moment, incident, "update/99", news);
            });
    room.restart();
    room.engine().settle();

    assertEquals(1, toldOf(li, "we know the commit").size(), room.told(li).toString());
  }

  @Test
  void listThatIsFull_refusesOneMore() {
    room.declares(ada, "declare! Checkout is down");
    IncidentId id = room.incident().id();
    room.engine()
        .write(
            tx -> {
              for (int i = 0; i < Subscriptions.MOST; i++) {
                UserRef user = new UserRef(IncidentRoom.CHAT, "Ufan" + i);
                Subscription one = new Subscription(id, user);
                tx.all(Subscription.class).save(one.key(), one.incident(), true, one);
              }
            });
    room.commandsAt(li, elsewhere(), "subscribe INC-1");

    assertEquals(1, toldOf(li, "the most there can be").size(), room.told(li).toString());
  }

  @Test
  void closedIncident_takesNobodyOn() {
    room.declares(ada, "declare! Checkout is down");
    room.commands(ada, "cancel it was nothing");
    room.commandsAt(li, elsewhere(), "subscribe INC-1");

    assertEquals(1, toldOf(li, "is already closed").size(), room.told(li).toString());
  }
}
