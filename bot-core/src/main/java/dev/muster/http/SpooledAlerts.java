// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.config.AlertSource;
import dev.muster.engine.AlertReceipt;
import dev.muster.engine.Engine;
import dev.muster.engine.PushedAlerts;
import dev.muster.http.alert.AlertBody;
import dev.muster.store.spool.SpoolFile;
import dev.muster.store.spool.SpoolRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in, at a start, the alerts that were kept aside while there was no store: in the order they
 * came, each once, however often it is begun. The file goes when all of them are stored; what
 * cannot be taken in stays in it under another name, and operators are told. One thread.
 */
public final class SpooledAlerts {

  private static final Logger LOG = LoggerFactory.getLogger(SpooledAlerts.class);
  private static final String TOPIC = "spool";
  private static final int MOST_TOLD = 5;

  /** Alerts that are stored together; a commit for each call takes a minute for 5,000 of them. */
  private static final int ALERTS_AT_ONCE = 250;

  /** They wait in memory, and one may have 5 MiB. */
  private static final long BYTES_AT_ONCE = 8L << 20;

  private static final Set<String> STILL = Set.of("/livez", "/metrics");

  private final Path path;
  private final Engine engine;
  private final List<AlertSource> sources;
  private final TreeSet<String> strangers = new TreeSet<>();
  private final List<PushedAlerts> together = new ArrayList<>();
  private int alerts;
  private long bytes;
  private int left;
  private boolean stuck;

  /**
   * Creates it; looks at nothing.
   *
   * @param path where the spool lies, if there is one
   * @param sources as they are configured now
   */
  public SpooledAlerts(Path path, Engine engine, List<AlertSource> sources) {
    this.path = path;
    this.engine = engine;
    this.sources = List.copyOf(sources);
  }

  /** Has a server take nothing before what is there was taken in. */
  public void shutIfAny(HttpServer server) {
    if (isThere()) {
      server.shut("starting", "Alerts that were kept aside are taken in first.", STILL);
    }
  }

  private boolean isThere() {
    return Files.exists(path);
  }

  /** Takes in what is there; returns why that did not go to the end. Nothing is lost then. */
  public Optional<String> takeIn() {
    try {
      if (isThere() && !isTakenIn()) {
        return Optional.of(
            "Another process still keeps alerts aside in " + path + ". Stop it, then start again.");
      }
      if (!stuck && SpoolFile.firstSetAside(path).isEmpty()) {
        engine.storeNotice(TOPIC, Optional.empty());
      }
    } catch (IOException e) {
      return Optional.of(unreadable(e));
    } catch (RuntimeException e) {
      // Left to itself the process would neither serve nor end; what is in the file stays there.
      LOG.error("spool_not_taken_in", e);
      stuck = true;
    }
    return stuck
        ? Optional.of(
            "The store did not take in the alerts that were kept aside. They stay in "
                + path
                + "; start again. What is wrong: java -jar muster.jar doctor")
        : Optional.empty();
  }

  /** Returns false when somebody else has it. */
  private boolean isTakenIn() throws IOException {
    Optional<SpoolFile> opened = SpoolFile.open(path);
    if (opened.isEmpty()) {
      return false;
    }
    try (SpoolFile spool = opened.get()) {
      takeIn(spool);
    }
    return true;
  }

  private void takeIn(SpoolFile from) throws IOException {
    SpoolFile.Contents contents = from.each(this::take);
    storeTogether();
    LOG.atInfo()
        .addKeyValue("records", contents.records())
        .addKeyValue("damaged", contents.damaged().size())
        .addKeyValue("left", left)
        .addKeyValue("cut_off_bytes", from.cutOff())
        .log("spool_read");
    if (stuck) {
      return;
    }
    if (contents.damaged().isEmpty() && left == 0) {
      from.delete();
    } else {
      Path name = from.freeName();
      engine.storeNotice(TOPIC, Optional.of(told(contents, name)));
      from.setAside(name);
    }
  }

  private void take(SpoolRecord entry) {
    if (stuck) {
      return;
    }
    Optional<AlertSource> source =
        sources.stream().filter(each -> each.name().equals(entry.source())).findFirst();
    Optional<AlertBody.Decoded> decoded =
        source
            .map(AlertRoutes::freshDecoder)
            .map(decoder -> decoder.decode(entry.source(), entry.body(), entry.arrivedAt()))
            .flatMap(body -> body.match(Optional::of, refused -> Optional.empty()));
    if (decoded.isEmpty()) {
      left++;
      strangers.add(entry.source());
      return;
    }
    AlertBody.Decoded body = decoded.get();
    together.add(
        new PushedAlerts(
            entry.source(),
            body.fresh(),
            body.unseen(),
            entry.hash(),
            body.alerts(),
            body.omitted(),
            Optional.of(entry.delivery())));
    alerts += Math.max(1, body.alerts().size());
    bytes += entry.body().length;
    if (alerts >= ALERTS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
      storeTogether();
    }
  }

  /** Each under its own key, so that it does not matter which of them a death leaves over. */
  private void storeTogether() {
    if (stuck || together.isEmpty()) {
      return;
    }
    stuck =
        engine.acceptAlerts(together).stream().anyMatch(AlertReceipt.NotStored.class::isInstance);
    together.clear();
    alerts = 0;
    bytes = 0;
  }

  private String told(SpoolFile.Contents contents, Path name) {
    List<String> parts = new ArrayList<>();
    if (!contents.damaged().isEmpty()) {
      String where =
          contents.damaged().stream()
              .limit(MOST_TOLD)
              .map(part -> part.from() + " to " + part.to())
              .collect(Collectors.joining(", "));
      parts.add(
          "parts of it are damaged (%d; bytes %s)".formatted(contents.damaged().size(), where));
    }
    if (left > 0) {
      parts.add(
          "%d calls are of sources that are not, or otherwise, configured now: %s"
              .formatted(left, strangers.stream().limit(MOST_TOLD).toList()));
    }
    return "Not all alerts that came while there was no store could be taken in: "
        + String.join("; ", parts)
        + ". The other "
        + (contents.records() - left)
        + " calls were. All of them are kept in "
        + name
        + ". Ask the senders what fires, then: rm "
        + name;
  }

  private String unreadable(IOException e) {
    return "The alerts that were kept aside in "
        + path
        + " cannot be read: "
        + e.getMessage()
        + ". Check that this user may read and write it, or move it away.";
  }
}
