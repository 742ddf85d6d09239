// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.store.PostmortemFacts;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineMarkdown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Renders documents at the moment they are sent. */
final class Documents {

  /** The document that holds every fact. */
  private static final String TIMELINE = "timeline";

  /** Facts with the longest words there are, this many at once, are some twenty megabytes. */
  private static final int PIECE = 500;

  private final UnitOfWork store;
  private final Supplier<Settings> settings;

  Documents(UnitOfWork store, Supplier<Settings> settings) {
    this.store = store;
    this.settings = settings;
  }

  String announceChannel(String platform) {
    return settings.get().announceChannel(platform);
  }

  /** Orders the whole timeline as a file for the person who asks; nobody else gets it. */
  static void export(Exchange exchange, Incident incident) {
    long upto = exchange.moment().tx().timeline().lastSeq(Stream.of(incident.id()));
    new DocumentOrders(exchange.moment(), incident.id())
        .send(exchange.by().person().ref(), TIMELINE, upto);
    exchange.tell(
        "The timeline of "
            + incident.id()
            + " up to entry "
            + upto
            + " is on its way to you. Only you get it.");
  }

  /** Returns a document as a file. */
  ChatPlatform.Attachment render(String document, Incident incident, long uptoSeq) {
    return document.equals(TIMELINE) ? timeline(incident, uptoSeq) : postmortem(incident, uptoSeq);
  }

  private ChatPlatform.Attachment timeline(Incident incident, long uptoSeq) {
    Stream stream = Stream.of(incident.id());
    TimelineMarkdown file = new TimelineMarkdown(incident, uptoSeq);
    long before = store.read(tx -> learnGone(tx, incident.id(), file));
    boolean more = true;
    while (more && before > 0) {
      long after = Math.max(0, before - PIECE);
      int limit = (int) (before - after);
      more = file.takeOlder(store.read(tx -> tx.timeline().read(stream, after, limit, Set.of())));
      before = after;
    }
    String page = page(settings.get(), incident.id(), TIMELINE);
    String about =
        "The timeline of "
            + incident.id()
            + " up to entry "
            + uptoSeq
            + ". Only you get this. Its page: "
            + page;
    return markdown(incident, TIMELINE, file.render(page), about);
  }

  /** Returns the place of the newest fact. */
  private static long learnGone(Tx tx, IncidentId id, TimelineMarkdown file) {
    Set<EntryKind> kinds = Set.of(EntryKind.MESSAGE_REMOVED);
    PostmortemFacts.each(tx, id, kinds, Long.MAX_VALUE, gone -> file.learnGone(List.of(gone)));
    return tx.timeline().lastSeq(Stream.of(id));
  }

  private ChatPlatform.Attachment postmortem(Incident incident, long uptoSeq) {
    Postmortem postmortem = store.read(tx -> drafted(tx, incident, uptoSeq));
    boolean published = postmortem.published().isPresent();
    return markdown(
        incident,
        Postmortems.DOCUMENT,
        PostmortemMarkdown.render(postmortem),
        (published ? "Postmortem of " : "Postmortem draft of ") + incident.id());
  }

  private static Postmortem drafted(Tx tx, Incident incident, long uptoSeq) {
    PostmortemFacts facts = PostmortemFacts.read(tx, incident.id(), Postmortem.FEW, uptoSeq);
    return Postmortem.of(
        incident,
        facts.entries(),
        each -> PostmortemFacts.each(tx, incident.id(), Postmortem.MANY, uptoSeq, each),
        facts.asOf());
  }

  private static ChatPlatform.Attachment markdown(
      Incident incident, String document, String text, String about) {
    return new ChatPlatform.Attachment(
        incident.id() + "-" + document + ".md",
        "text/markdown",
        text.getBytes(StandardCharsets.UTF_8),
        about);
  }

  /** The page of an incident holds its whole timeline. */
  private static String page(Settings settings, IncidentId incident, String document) {
    String page = settings.publicUrl() + "/incidents/" + incident;
    return document.equals(TIMELINE) ? page : page + "/" + document;
  }

  /** Says where a document can be read that could not be posted. */
  static void linkInstead(Moment moment, Effect.PostDocument order, String why) {
    BotMessage link =
        BotMessage.line(
            "The "
                + order.document()
                + " of "
                + order.incident()
                + " could not be uploaded. It is at "
                + page(moment.settings(), order.incident(), order.document())
                + ".");
    String slot = "document/" + order.document() + "/" + order.uptoSeq();
    Orders orders = new Orders(moment);
    if (order.target() instanceof Target.Direct direct) {
      orders.tellNews(order.incident(), direct.user(), slot, link);
    } else {
      orders.show(order.incident(), order.target().platform(), slot, Priority.BACKGROUND, link);
    }
    Facts.bot(
        moment,
        order.incident(),
        EntryKind.EFFECT_FAILED,
        "The file was not posted, a link was: " + why,
        Map.of("kind", "PostDocument"));
  }
}
