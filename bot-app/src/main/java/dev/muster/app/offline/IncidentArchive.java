// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.http.IncidentJson;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.postmortem.Postmortem;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.readmodel.IncidentViews;
import dev.muster.store.PostmortemFacts;
import dev.muster.store.Tx;
import dev.muster.store.sql.BundleWriter;
import dev.muster.store.sql.StoreFailure;
import dev.muster.store.sql.StoreReader;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineMarkdown;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes everything about one incident into one sealed archive, beside a running bot as well.
 * Whoever may read the store's files may export a private incident.
 */
public final class IncidentArchive {

  /** Facts with the longest words there are, this many at once, are some twenty megabytes. */
  private static final int AT_ONCE = 500;

  private final BotConfig config;

  /** Takes the configuration that names the store. */
  public IncidentArchive(BotConfig config) {
    this.config = config;
  }

  /**
   * Exports an incident.
   *
   * @param out where to; empty for {@code INC-n.zip} in the working directory
   * @return 0 with the file's name, 1 when it could not be written
   */
  public Ending export(IncidentId id, Optional<Path> out, Instant now) {
    Path target = out.orElse(Path.of(id + ".zip"));
    String url = config.store().url();
    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, target)) {
      Optional<String> unknown = reader.read(tx -> write(tx, id, bundle));
      if (unknown.isPresent()) {
        return Ending.failed(unknown.get());
      }
      String key = bundle.seal(id, now);
      return Ending.fine(
          "Wrote %s, signed with the key %s. To check it: java -jar muster.jar verify %s"
              .formatted(target, key, target));
    } catch (IOException e) {
      return Ending.failed(e);
    } catch (UncheckedIOException e) {
      return Ending.failed(e.getCause());
    } catch (StoreFailure e) {
      return Ending.failed("The archive could not be written: " + e.getMessage() + ".");
    }
  }

  /** Returns why there is nothing to write; empty when it was written. */
  private Optional<String> write(Tx tx, IncidentId id, BundleWriter bundle) {
    Optional<Incident> incident = tx.incidents().find(id);
    if (incident.isEmpty()) {
      return Optional.of("There is no " + id + " in " + config.store().url() + ".");
    }
    try {
      documents(tx, incident.get(), bundle);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a long timeline reading is most of the work, so all files are made of one reading. */
  private void documents(Tx tx, Incident incident, BundleWriter bundle) throws IOException {
    IncidentId id = incident.id();
    Optional<Postmortem> postmortem = postmortem(tx, incident);
    try (OutputStream html = bundle.file(id + ".html");
        OutputStream document = bundle.file(id + ".json")) {
      ArchivePage page = new ArchivePage(incident, postmortem, html);
      IncidentJson json = new IncidentJson(document);
      page.begin();
      json.begin(incident, tx.alerts().of(id));
      bundle.chain(
          tx,
          id,
          entry -> {
            page.entry(entry);
            json.entry(entry);
          });
      page.end();
      json.end(postmortem);
    }
    String more = postmortem.map(draft -> "\n" + PostmortemMarkdown.render(draft)).orElse("");
    bundle.file(id + ".md", timeline(tx, incident) + more);
  }

  /** Its facts are read once more, a few at a time: with the longest words they fill the memory. */
  private String timeline(Tx tx, Incident incident) {
    Stream stream = Stream.of(incident.id());
    long before = tx.timeline().lastSeq(stream);
    TimelineMarkdown file = new TimelineMarkdown(incident, before);
    PostmortemFacts.each(
        tx,
        incident.id(),
        Set.of(EntryKind.MESSAGE_REMOVED),
        before,
        gone -> file.learnGone(List.of(gone)));
    boolean more = true;
    while (more && before > 0) {
      long after = Math.max(0, before - AT_ONCE);
      int limit = (int) (before - after);
      more = file.takeOlder(tx.timeline().read(stream, after, limit, Set.of()));
      before = after;
    }
    return file.render(
        config.server().publicUrl(config.server().port()) + "/incidents/" + incident.id());
  }

  private static Optional<Postmortem> postmortem(Tx tx, Incident incident) {
    boolean drafted =
        tx.timeline()
            .latest(Stream.of(incident.id()), EntryKind.POSTMORTEM_DRAFTED, "")
            .isPresent();
    return drafted ? Optional.of(IncidentViews.draft(tx, incident)) : Optional.empty();
  }
}
