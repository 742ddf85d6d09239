// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.Attachment;
import com.microsoft.bot.schema.Entity;
import com.microsoft.bot.schema.TextFormatTypes;
import dev.muster.chat.PostedCard;
import dev.muster.chat.SharedFile;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.Places;
import dev.muster.teams.render.PersonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the words of an activity. Mentions are found by the exact text their entity names, never by
 * a pattern: a name is chosen by its bearer and may hold anything. Thread-safe.
 */
final class ActivityWords {

  private static final String HTML = "text/html";

  /** What stands for a file until Graph tells its name, and for good where it may not. */
  private static final String NAMELESS = "a file that Teams does not name";

  private static final Pattern ATTACHED =
      Pattern.compile("<attachment\\s+id=\"([\\w.:@-]{1,200})\"", Pattern.CASE_INSENSITIVE);

  /** More than anybody attaches to one message. */
  private static final int MOST_FILES = 20;

  private final Places places;
  private final String botId;

  /** {@code botId} is the bot's own id in Teams, {@code 28:} and the app's id. */
  ActivityWords(Places places, String botId) {
    this.places = places;
    this.botId = botId;
  }

  /** Returns whether the bot itself is mentioned. */
  boolean mentionsBot(Activity activity) {
    return mentions(activity).stream().anyMatch(m -> isBot(m, activity));
  }

  /**
   * Returns what was typed, the bot's own mention left out and others written neutrally; whoever is
   * not known yet by name.
   */
  String of(Activity activity) {
    return words(activity, false);
  }

  /** Returns the same for a command: whoever is not known yet can be looked up. */
  String ofCommand(Activity activity) {
    return words(activity, true);
  }

  private String words(Activity activity, boolean command) {
    String text = activity.getText() == null ? "" : activity.getText();
    for (JsonNode mention : mentions(activity)) {
      String literal = mention.path("text").asText("");
      if (!literal.isEmpty()) {
        String neutral =
            isBot(mention, activity) ? "" : neutral(mention.path("mentioned"), command);
        text = replaceFirst(text, literal, neutral);
      }
    }
    if (activity.getTextFormat() == TextFormatTypes.XML) {
      text = TeamsText.of(text, id -> "");
    }
    String typed = untagged(text).replace('\u00a0', ' ').strip();
    return typed.isEmpty() ? CardParts.words(cards(activity)) : typed;
  }

  private static List<JsonNode> mentions(Activity activity) {
    List<JsonNode> mentions = new ArrayList<>();
    for (Entity entity : Listed.of(activity.getEntities())) {
      if ("mention".equals(entity.getType())) {
        mentions.add(Json.tree(entity.getProperties()));
      }
    }
    return mentions;
  }

  private boolean isBot(JsonNode mention, Activity activity) {
    String id = mention.path("mentioned").path("id").asText("");
    boolean recipient =
        activity.getRecipient() != null && id.equals(activity.getRecipient().getId());
    return !id.isEmpty() && (id.equals(botId) || recipient);
  }

  private String neutral(JsonNode mentioned, boolean command) {
    String id = mentioned.path("id").asText("");
    String aad = mentioned.path("aadObjectId").asText("");
    Optional<String> person =
        aad.isEmpty()
            ? places.person(id).or(() -> Optional.of(id).filter(i -> command))
            : Optional.of(aad);
    boolean named = id.isEmpty() || id.startsWith("28:") || person.isEmpty();
    return named ? "@" + mentioned.path("name").asText("") : PersonValue.neutral(person.get());
  }

  private static String replaceFirst(String text, String literal, String instead) {
    int at = text.indexOf(literal);
    return at < 0 ? text : text.substring(0, at) + instead + text.substring(at + literal.length());
  }

  /** Mentions without an entity, and nested ones, leave their words behind. */
  private static String untagged(String text) {
    return text.contains("<at>") || text.contains("</at>")
        ? text.replace("<at>", "").replace("</at>", "")
        : text;
  }

  /** Returns the cards of a message, part by part. */
  static List<PostedCard> cards(Activity activity) {
    List<JsonNode> cards = new ArrayList<>();
    attachments(activity).forEach(attachment -> cards.add(Json.tree(attachment)));
    return CardParts.of(cards);
  }

  /**
   * Returns what was attached. Of a file in a channel or group chat the activity tells only that
   * its words hold an attachment; which it is, or that it is no file, Graph tells. Beside a card
   * the attachment is the card.
   */
  static List<SharedFile> files(Activity activity) {
    List<SharedFile> files = new ArrayList<>();
    boolean withCard = !cards(activity).isEmpty();
    for (Attachment attachment : attachments(activity)) {
      String type = Optional.ofNullable(attachment.getContentType()).orElse("");
      if (type.equals(HTML)) {
        keptBack(withCard ? "" : attachment.getContent()).forEach(files::add);
      } else if (!CardParts.isCard(type) && attachment.getName() != null) {
        String url = Optional.ofNullable(attachment.getContentUrl()).orElse("");
        files.add(new SharedFile(url, attachment.getName(), type, 0, url));
      }
    }
    return files;
  }

  /** What people type reaches the HTML escaped, so an element was written by Teams. */
  private static Stream<SharedFile> keptBack(Object html) {
    return html instanceof String text
        ? ATTACHED
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .distinct()
            .limit(MOST_FILES)
            .map(id -> new SharedFile(id, NAMELESS, "", 0, "", true))
        : Stream.empty();
  }

  private static List<Attachment> attachments(Activity activity) {
    return Listed.of(activity.getAttachments());
  }
}
