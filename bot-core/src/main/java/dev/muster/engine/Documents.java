// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Renders documents at the moment they are sent. */
final class Documents {

  private static final int PAGE = 5_000;

  private final UnitOfWork store;
  private final Supplier<Settings> settings;

  Documents(UnitOfWork store, Supplier<Settings> settings) {
    this.store = store;
    this.settings = settings;
  }

  String announceChannel(String platform) {
    return settings.get().announceChannel(platform);
  }

  /** Returns a document as a file. */
  ChatPlatform.Attachment render(String document, Incident incident, long uptoSeq) {
    List<TimelineEntry> entries = entries(incident, uptoSeq);
    Instant at = entries.get(entries.size() - 1).at();
    Postmortem postmortem = Postmortem.of(incident, entries, at);
    String markdown = PostmortemMarkdown.render(postmortem);
    return new ChatPlatform.Attachment(
        incident.id() + "-" + document + ".md",
        "text/markdown",
        markdown.getBytes(StandardCharsets.UTF_8),
        "Postmortem draft of " + incident.id());
  }

  /** Says where a document can be read that could not be posted. */
  static void linkInstead(Moment moment, Effect.PostDocument order, Settlement.Failed why) {
    String url =
        moment.settings().publicUrl() + "/incidents/" + order.incident() + "/" + order.document();
    new Orders(moment)
        .show(
            order.incident(),
            order.target().platform(),
            "document/" + order.document() + "/" + order.uptoSeq(),
            Priority.BACKGROUND,
            BotMessage.line(
                "The "
                    + order.document()
                    + " of "
                    + order.incident()
                    + " could not be uploaded. It is at "
                    + url
                    + "."));
    Facts.bot(
        moment,
        order.incident(),
        EntryKind.EFFECT_FAILED,
        "The file was not posted, a link was: " + why.reason(),
        Map.of("kind", "PostDocument"));
  }

  private List<TimelineEntry> entries(Incident incident, long uptoSeq) {
    return store.read(
        tx -> {
          List<TimelineEntry> all = new ArrayList<>();
          long after = 0;
          List<TimelineEntry> page =
              tx.timeline().read(Stream.of(incident.id()), after, PAGE, Set.of());
          while (!page.isEmpty()) {
            page.stream().filter(entry -> entry.seq() <= uptoSeq).forEach(all::add);
            after = page.get(page.size() - 1).seq();
            page = tx.timeline().read(Stream.of(incident.id()), after, PAGE, Set.of());
          }
          return all;
        });
  }
}
