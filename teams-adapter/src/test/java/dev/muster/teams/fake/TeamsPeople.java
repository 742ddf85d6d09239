// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What people and programs do in the stand-in's tenant. Each act reaches the bot by the line before
 * the method returns. People and channels are named by their names or ids, and people are made on
 * first use. One object for one {@link FakeTeams}; any thread may call.
 */
public final class TeamsPeople {

  private final FakeTenant tenant;
  private final Payloads pushes;
  private final TeamsSight sight;
  private final PushLine line;

  /** Lets people of {@code teams} be heard by the bot behind {@code line}. */
  public TeamsPeople(FakeTeams teams, PushLine line) {
    this.tenant = teams.tenant();
    this.pushes = new Payloads(teams);
    this.sight = new TeamsSight(tenant);
    this.line = line;
  }

  /** Returns what the members see. */
  public TeamsSight sight() {
    return sight;
  }

  /** Pushes with a genuine token. */
  public Pushed push(ObjectNode activity) {
    return line.push(activity, pushes.authorization());
  }

  /** Makes a standard channel of the home team, and returns its id. */
  public String channel(String name) {
    return tenant.channel(name, "").id();
  }

  /** Puts a person into the home team without telling the bot. */
  public void admits(String person) {
    tenant.person(person);
  }

  /** Lets an administrator add the app to the home team. */
  public Pushed installsTheBot() {
    return push(pushes.installed());
  }

  /** Lets a person post; returns the message. */
  public FakeMessage types(String person, String channel, String words) {
    return says(person, channel, Optional.empty(), words);
  }

  /** Lets a person write to the bot in a channel. */
  public FakeMessage asks(String person, String channel, String words) {
    return types(person, channel, Payloads.BOT_MENTION + " " + words);
  }

  /** Lets a person post, in a thread if one is named; returns the message. */
  public FakeMessage says(String person, String channel, Optional<String> root, String words) {
    FakeMessage said = unheard(person, channel, root, words);
    push(pushes.message(said, sight.at(channel)));
    return said;
  }

  /** Lets a person post with files that lie in the team's library; returns the message. */
  public FakeMessage attaches(String person, String channel, String words, String... files) {
    ObjectNode said = Json.object().put("text", words);
    for (String name : files) {
      String url = "https://contoso.sharepoint.com/sites/SRE/Shared%20Documents/" + name;
      String id = UUID.nameUUIDFromBytes(url.getBytes(UTF_8)).toString();
      said.withArrayProperty("files").add(reference(id, name, url));
    }
    return tells(person, channel, said);
  }

  /** Lets a person answer by quoting, which Teams writes as an attachment as well. */
  public FakeMessage quotes(String person, String channel, String words, FakeMessage quoted) {
    ObjectNode said = Json.object().put("text", words);
    ObjectNode quote = Json.object().put("id", quoted.id()).put("contentType", "messageReference");
    said.withArrayProperty("files").add(quote.put("content", "{}"));
    return tells(person, channel, said);
  }

  private static ObjectNode reference(String id, String name, String url) {
    ObjectNode file = Json.object().put("id", id).put("contentType", "reference");
    return file.put("name", name).put("contentUrl", url);
  }

  private FakeMessage tells(String person, String channel, ObjectNode said) {
    Optional<FakePerson> who = Optional.of(tenant.person(person));
    FakeMessage message =
        tenant.say(sight.at(channel), Optional.empty(), who, Optional.empty(), said);
    push(pushes.message(message, sight.at(channel)));
    return message;
  }

  /** Lets a person post while Teams tells the bot nothing. */
  public FakeMessage unheard(String person, String channel, Optional<String> root, String words) {
    ObjectNode text = Json.object().put("text", words);
    FakePerson who = tenant.person(person);
    return tenant.say(sight.at(channel), root, Optional.of(who), Optional.empty(), text);
  }

  /** Lets a person change what they wrote. */
  public Pushed edits(String channel, FakeMessage message, String words) {
    tenant.edit(message, Json.object().put("text", words));
    return push(pushes.edit(message, sight.at(channel)));
  }

  /** Lets a person take back what they wrote. */
  public Pushed deletes(String channel, FakeMessage message) {
    ObjectNode push = pushes.deletion(message, sight.at(channel));
    tenant.delete(message);
    return push(push);
  }

  /** Lets a person react; {@code type} as Teams writes it, such as {@code 1f4cc_pushpin}. */
  public Pushed reacts(String person, String channel, FakeMessage message, String type) {
    FakePerson who = tenant.person(person);
    tenant.react(message, who, type);
    return push(pushes.reaction(who, message, sight.at(channel), "reactionsAdded", type));
  }

  /** Lets a person press the newest button of that label that stands in a conversation. */
  public Pushed presses(String person, String channel, String label) {
    FakeConversation where = sight.at(channel);
    Offer offer = offer(where, label);
    FakePerson who = tenant.person(person);
    // A button that opens a dialog says so in its payload.
    return push(
        offer.data().at("/msteams/type").asText("").equals("task/fetch")
            ? pushes
                .dialog("task/fetch", who, where, offer.data())
                .put("replyToId", offer.on().id())
            : pushes.press(who, where, Optional.of(offer.on()), offer.data()));
  }

  /**
   * A button that stands in a conversation.
   *
   * @param on the message with it
   * @param data its payload
   */
  public record Offer(FakeMessage on, JsonNode data) {}

  /** Returns the newest button of that label in a conversation. */
  public static Offer offer(FakeConversation where, String label) {
    List<FakeMessage> all = List.copyOf(where.messages());
    for (int i = all.size() - 1; i >= 0; i--) {
      FakeMessage message = all.get(i);
      Optional<JsonNode> data = Reading.of(message.activity()).payload(label);
      if (message.isThere() && data.isPresent()) {
        return new Offer(message, data.get());
      }
    }
    throw new AssertionError(
        "nobody offered "
            + label
            + " among "
            + all.stream().map(m -> Reading.of(m.activity()).labels()).toList());
  }

  /** Lets a person send the form of a dialog that stands open in a conversation. */
  public Pushed submits(String person, String channel, Reading dialog, Map<String, String> values) {
    return push(
        pushes.dialog(
            "task/submit", tenant.person(person), sight.at(channel), filled(dialog, values)));
  }

  /** Returns the payload of a dialog's form with what was typed over what stood there. */
  public static ObjectNode filled(Reading dialog, Map<String, String> values) {
    String token = dialog.formToken().orElseThrow();
    ObjectNode data = dialog.form(token).orElseThrow().deepCopy();
    dialog.inputs().forEach(data::put);
    values.forEach((field, value) -> data.put("field_" + field, value));
    return data;
  }
}
