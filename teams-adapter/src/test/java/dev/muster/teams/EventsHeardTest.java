// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChatEvent.ChannelChanged;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.MemberJoined;
import dev.muster.chat.ChatEvent.MessageEdited;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.ChatEvent.ReactionAdded;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakePerson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people do in Teams becomes the right event, whatever the payload looks like. */
final class EventsHeardTest extends OnTeams {

  private static final String ALEX = "33333333-3333-4333-8333-333333333330";

  private int replay(String fixture) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/fixtures/" + fixture)) {
      ObjectNode recorded = (ObjectNode) Json.read(in.readAllBytes());
      ObjectNode claims =
          ground.pushes().claims().put("serviceurl", recorded.path("serviceUrl").asText());
      return status(ground.push(recorded, "Bearer " + FakeKeys.connector().sign(claims)));
    }
  }

  @Test
  void recordedThreadMessage_mentionsTheBot_isACommandInThatThread() throws IOException {
    assertEquals(200, replay("activity-message-channel-thread.json"));

    CommandInvoked heard = onlyHeard(CommandInvoked.class);
    assertEquals("team", heard.text());
    assertEquals(new UserRef("teams", ALEX), heard.by().person().ref());
    assertEquals("19:incidents@thread.tacv2", heard.place().channel().id());
    assertEquals(Optional.of("1795189516508"), heard.place().thread());
    assertEquals(Instant.parse("2026-11-20T15:45:16.522Z"), heard.at());
    assertEquals(Optional.of("UTC"), heard.by().zone());
  }

  @Test
  void recordedPersonalMessage_isACommandAsTyped() throws IOException {
    assertEquals(200, replay("activity-message-personal.json"));

    assertEquals("hello <b> & \"q\"", onlyHeard(CommandInvoked.class).text());
  }

  @Test
  void recordedInstallation_isRememberedAndNoEvent() throws IOException {
    assertEquals(200, replay("activity-conversationUpdate-channel-teamMemberAdded.json"));

    assertEquals(0, inbox.deliveries().size());
    assertEquals(
        Optional.of("44444444-4444-4444-8444-444444444444"),
        memory.get("team/19:general@thread.tacv2"));
    assertEquals(
        Optional.of("http://127.0.0.1:56150/_connector"),
        memory.get("address/19:incidents@thread.tacv2"));
  }

  @Test
  void recordedPress_ofACardThatIsNotOurs_isRefusedInTheAnswer() throws IOException {
    assertEquals(200, replay("activity-invoke-adaptiveCard_action-personal.json"));

    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void mention_nameFullOfPatternCharacters_isTakenLiterally() {
    ObjectNode message = ground.writes("ada", "<at>Bot (.*)+[x] $1\\</at> severity 2");
    mentions(message, "<at>Bot (.*)+[x] $1\\</at>", message.path("recipient").path("id").asText());

    assertEquals(200, status(ground.push(message)));

    assertEquals("severity 2", onlyHeard(CommandInvoked.class).text());
  }

  private static void mentions(ObjectNode message, String text, String id) {
    message
        .putArray("entities")
        .addObject()
        .put("type", "mention")
        .put("text", text)
        .putObject("mentioned")
        .put("id", id);
  }

  @Test
  void mention_typedByHandOrNested_leavesItsWords() {
    assertEquals(200, status(ground.push(ground.writes("ada", "ask <at><at>Li</at></at> now"))));

    assertEquals("ask Li now", onlyHeard(MessagePosted.class).text());
  }

  /** Teams names the mentioned by the bot's id of them, which the bot may never have seen. */
  @Test
  void mention_ofSomebodyNeverMet_isANameInWordsAndAnIdInACommand() {
    FakePerson li = ground.teams().tenant().person("li");
    ground.push(ground.writes("ada", "ask <at>li</at>"));
    assertEquals("ask @li", onlyHeard(MessagePosted.class).text());

    ground.push(ground.writes("ada", "<at>Incident Bot</at> commander <at>li</at>"));
    assertEquals(
        "commander <@teams:" + li.botUser() + ">", inbox.heard(CommandInvoked.class).get(0).text());

    ChatOutcome<Profile> found = ground.platform().findPerson(li.botUser());
    assertEquals(li.aad(), done(found).person().ref().id());
    ground.push(ground.writes("ada", "ask <at>li</at> again"));
    assertEquals(
        "ask <@teams:" + li.aad() + "> again", inbox.heard(MessagePosted.class).get(1).text());
  }

  @Test
  void html_inXmlText_becomesWords() {
    ObjectNode message = ground.writes("ada", "<b>down</b> &amp; <i>out</i><br>since&nbsp;9");
    message.put("textFormat", "xml");

    assertEquals(200, status(ground.push(message)));

    assertEquals("down & out\nsince 9", onlyHeard(MessagePosted.class).text());
  }

  @Test
  void timestamp_withoutFractionOrMissing_isReadByUs() {
    ObjectNode whole = ground.writes("ada", "one").put("timestamp", "2026-11-20T11:59:00Z");
    ObjectNode none = ground.writes("ada", "two");
    none.remove("timestamp");
    ObjectNode broken = ground.writes("ada", "three").put("timestamp", "yesterday");

    for (ObjectNode message : new ObjectNode[] {whole, none, broken}) {
      assertEquals(200, status(ground.push(message)));
    }

    assertEquals(
        Instant.parse("2026-11-20T11:59:00Z"), inbox.heard(MessagePosted.class).get(0).at());
    assertEquals(clock.instant(), inbox.heard(MessagePosted.class).get(1).at());
  }

  /** The SDK would make the sender's locale the default of the process. */
  @Test
  void locale_ofTheSender_doesNotChangeOurs() {
    Locale before = Locale.getDefault();

    ground.push(ground.writes("ada", "one").put("locale", "tr-TR"));

    assertEquals(before, Locale.getDefault());
  }

  @Test
  void targetedMessage_withoutAMention_isACommand() {
    ObjectNode message = ground.writes("ada", "status");
    message.withObjectProperty("recipient").put("isTargeted", true);

    ground.push(message);

    assertEquals("status", onlyHeard(CommandInvoked.class).text());
  }

  @Test
  void otherBot_postsACard_isHeardWithItsWordsAndNeverAsACommand() {
    ObjectNode message = ground.writes("ada", "<at>Incident Bot</at>");
    message.putObject("from").put("id", "28:grafana").put("name", "Grafana");
    ObjectNode card = message.putArray("attachments").addObject();
    card.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode content = card.putObject("content");
    content.withArrayProperty("body").addObject().put("type", "TextBlock").put("text", "FIRING");
    content
        .withArrayProperty("body")
        .addObject()
        .putArray("facts")
        .addObject()
        .put("title", "host")
        .put("value", "db1");

    ground.push(message);

    MessagePosted heard = onlyHeard(MessagePosted.class);
    assertTrue(heard.by().bot());
    assertEquals("FIRING\nhost: db1", heard.text());
  }

  @Test
  void ownMessage_comesBack_isNotHeard() {
    ObjectNode message = ground.writes("ada", "said by the bot");
    message.putObject("from").put("id", message.path("recipient").path("id").asText());

    assertEquals(200, status(ground.push(message)));

    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void activity_withoutSenderOrPlaceOrId_isRefused() {
    for (String missing : new String[] {"from", "conversation", "id"}) {
      ObjectNode message = ground.writes("ada", "who am I");
      message.remove(missing);

      assertEquals(400, status(ground.push(message)), missing);
    }
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void unknownKinds_areAcknowledged() {
    for (String type : new String[] {"typing", "event", "somethingNew", "endOfConversation"}) {
      assertEquals(200, status(ground.push(ground.writes("ada", "x").put("type", type))), type);
    }
    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  void unknownInvoke_isNotImplemented() {
    ObjectNode invoke = ground.writes("ada", "").put("type", "invoke").put("name", "config/fetch");

    assertEquals(501, status(ground.push(invoke)));
  }

  /** Two identities of one person could approve what they asked for themselves. */
  @Test
  void person_namedByTheBotsIdOfThemAlone_isNobodyElseThanBefore() {
    FakePerson ada = ground.teams().tenant().person("ada");
    ground.push(ground.writes("ada", "hello"));
    ObjectNode asks = ground.writes("ada", "<at>Incident Bot</at> status");
    asks.withObjectProperty("from").remove("aadObjectId");
    ObjectNode stranger = ground.writes("li", "<at>Incident Bot</at> status");
    stranger.withObjectProperty("from").put("aadObjectId", "");

    assertEquals(200, status(ground.push(asks)));
    assertEquals(200, status(ground.push(stranger)));

    List<String> by =
        inbox.heard(CommandInvoked.class).stream()
            .map(command -> command.by().person().ref().id())
            .toList();
    String li = ground.teams().tenant().person("li").botUser();
    assertEquals(List.of(ada.aad(), li), by);
  }

  @Test
  void channel_renamedByHand_isHeard() {
    ObjectNode update = ground.pushes().installed();
    ObjectNode part = update.withObjectProperty("channelData").put("eventType", "channelRenamed");
    part.putObject("channel").put("id", "19:x@thread.tacv2").put("name", "inc-1-new");

    ground.push(update);

    ChannelChanged heard = onlyHeard(ChannelChanged.class);
    assertEquals(ChannelChanged.Change.RENAMED, heard.change());
    assertEquals("inc-1-new", heard.name());
  }

  @Test
  void member_addedToAGroupChat_isHeardAndToATeamIsRemembered() {
    FakePerson li = ground.teams().tenant().person("li");
    ground.push(ground.pushes().joined(li));
    assertEquals(0, inbox.deliveries().size());
    assertEquals(Optional.of(li.aad()), memory.get("bot-user/" + li.botUser()));

    ObjectNode joined = ground.pushes().joined(li);
    joined.withObjectProperty("conversation").put("conversationType", "groupChat");
    ground.push(joined);

    assertEquals(li.aad(), onlyHeard(MemberJoined.class).who().person().ref().id());
  }

  @Test
  void reaction_namedByCodePoint_getsItsName() {
    FakeConversation place = ground.place();
    FakePerson ada = ground.teams().tenant().person("ada");
    ObjectNode push =
        ground
            .pushes()
            .reaction(ada, ground.said(place, ada, "x"), place, "reactionsAdded", "1f440_eyes");

    ground.push(push);

    assertEquals("eyes", onlyHeard(ReactionAdded.class).name());
  }

  @Test
  void edits_twoOfOneMessage_areTwoDeliveries() {
    FakeConversation place = ground.place();
    FakePerson ada = ground.teams().tenant().person("ada");
    var message = ground.said(place, ada, "one");
    for (String text : new String[] {"two", "one"}) {
      clock.advance(Duration.ofSeconds(1));
      ground.teams().tenant().edit(message, Json.object().put("text", text));
      ground.push(ground.pushes().edit(message, place));
    }

    assertEquals(2, inbox.heard(MessageEdited.class).size());
  }

  @Test
  void attachments_inTheHtmlOfTheWords_areFilesKeptBackUnlessTypedOrACard() {
    ground.push(
        html(
            "ada",
            "<p>a</p><ATTACHMENT id=\"1f-2\"></attachment><attachment id=\"1f-2\"></attachment>"
                + "<attachment id=\"\"><attachment id='x'>&lt;attachment id=\"typed\"&gt;"
                + "<attachment id=\"a b\"><attachment id=\"3\tz\""));
    ground.push(html("bo", "<attachment id=\"n\">".repeat(40_000)));
    ObjectNode card = html("li", "<attachment id=\"the-card\"></attachment>");
    ObjectNode adaptive = card.withArrayProperty("attachments").addObject();
    adaptive.put("contentType", "application/vnd.microsoft.card.adaptive").putObject("content");
    ground.push(card);

    List<MessagePosted> heard = inbox.heard(MessagePosted.class);
    assertEquals(
        List.of("1f-2"), heard.get(0).files().stream().map(SharedFile::id).toList(), "" + heard);
    assertTrue(heard.get(0).files().get(0).keptBack());
    assertEquals(1, heard.get(1).files().size());
    assertEquals(List.of(), heard.get(2).files());
  }

  private ObjectNode html(String name, String html) {
    ObjectNode push = ground.writes(name, "words");
    push.putArray("attachments").addObject().put("contentType", "text/html").put("content", html);
    return push;
  }
}
